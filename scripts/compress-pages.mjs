// After `next build`: scripts say that they are to be compiled while they arrive, and each script and style is there once
// more as .br and .gz, so that the server only has to send them.
// Invariant: plain JavaScript for Node 18 and newer, no dependencies.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const FOLDER = '.next/static/chunks';
/** The editor's own are ten times as large as any other; the last percent of them is not worth half a minute. */
const LARGE = 300_000;
/**
 * Smaller scripts are not compiled on a thread of their own. Without the hint Chrome reads a function twice and compiles it
 * on the main thread when it is first called: a quarter of what a slow phone does until the page answers.
 * https://v8.dev/blog/explicit-compile-hints
 */
const STREAMED = 30_000;
const COMPILE_ALL = '//# allFunctionsCalledOnLoad\n';
const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

const names = readdirSync(FOLDER).filter((name) => /\.(js|css)$/.test(name));
await Promise.all(
  names.map(async (name) => {
    const path = join(FOLDER, name);
    const built = readFileSync(path);
    const hinted = name.endsWith('.js') && built.byteLength >= STREAMED && built.byteLength <= LARGE;
    const text = hinted ? Buffer.concat([Buffer.from(COMPILE_ALL), built]) : built;
    if (hinted) writeFileSync(path, text);
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
