// After `next build`: each script and style once more as .br and .gz, so that the server only has to send them.
// Invariant: plain JavaScript for Node 18 and newer, no dependencies.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const FOLDER = '.next/static/chunks';
/** The editor's own are ten times as large as any other; the last percent of them is not worth half a minute. */
const LARGE = 300_000;
const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

const names = readdirSync(FOLDER).filter((name) => /\.(js|css)$/.test(name));
await Promise.all(
  names.map(async (name) => {
    const path = join(FOLDER, name);
    const text = readFileSync(path);
    const quality = text.byteLength > LARGE ? 6 : 11;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.byteLength,
    };
    const [small, zipped] = await Promise.all([brotli(text, { params }), zip(text, { level: 9 })]);
    writeFileSync(`${path}.br`, small);
    writeFileSync(`${path}.gz`, zipped);
  }),
);
