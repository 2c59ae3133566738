// Tables that somebody has sent and not yet made a session of: files in DATA_DIR/uploads, for an hour at most.
// Invariant: a file is written as it comes and never longer than its limit; none outlives its hour, or the process.
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { After } from '../../platform/clock.ts';

const KEPT_MS = 60 * 60 * 1_000;
const MOST_KEPT = 10;

export class UploadTooLarge extends Error {
  override readonly name = 'UploadTooLarge';
}

export interface TableUploads {
  /** Rejects with UploadTooLarge, or what disk and connection throw; then nothing is left of it. */
  receive(id: string, body: Readable): Promise<void>;
  /** null: there is none of this id, or no longer. */
  find(id: string): Promise<string | null>;
  remove(id: string): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  readonly mostBytes: number;
  readonly after: After;
}

export function createTableUploads({ dataDir, mostBytes, after }: Options): TableUploads {
  const folder = join(dataDir, 'uploads');
  const fileOf = (id: string) => join(folder, `${id}.csv`);
  /** Oldest first. */
  const kept = new Set<string>();
  // What an earlier process left there belongs to no page any more.
  const emptied = rm(folder, { recursive: true, force: true });

  const remove = async (id: string) => {
    kept.delete(id);
    await rm(fileOf(id), { force: true });
  };

  return {
    async receive(id, body) {
      await emptied;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      let bytes = 0;
      try {
        await pipeline(
          body,
          async function* limited(source: AsyncIterable<Buffer>) {
            for await (const chunk of source) {
              bytes += chunk.length;
              if (bytes > mostBytes) throw new UploadTooLarge(`An upload has more than ${mostBytes} bytes.`);
              yield chunk;
            }
          },
          createWriteStream(fileOf(id), { flags: 'wx', mode: 0o600 }),
        );
      } catch (error) {
        await rm(fileOf(id), { force: true });
        throw error;
      }
      kept.add(id);
      after(KEPT_MS, () => void remove(id));
      for (const oldest of kept) {
        if (kept.size <= MOST_KEPT) break;
        await remove(oldest);
      }
    },
    async find(id) {
      if (!kept.has(id)) return null;
      const found = await stat(fileOf(id)).catch(() => null);
      return found === null ? null : fileOf(id);
    },
    remove,
  };
}
