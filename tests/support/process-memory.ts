// Which of these bytes a process has in its memory now. Linux, and as its user or root.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const CHUNK = 4 * 1024 * 1024;

export function foundInMemory(pid: number, needles: Readonly<Record<string, Buffer>>): string[] {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const overlap = Math.max(...Object.values(needles).map(({ length }) => length));
  const chunk = Buffer.alloc(CHUNK + overlap);
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += CHUNK) {
        const bytes = read(memory, chunk, { at, length: Math.min(CHUNK + overlap, end - at) });
        for (const [name, needle] of Object.entries(needles))
          if (!found.has(name) && chunk.subarray(0, bytes).includes(needle)) found.add(name);
      }
    }
  } finally {
    closeSync(memory);
  }
  return [...found].sort();
}

/** Parts of a mapping may not be there. */
function read(file: number, into: Buffer, { at, length }: { readonly at: number; readonly length: number }): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch (error) {
    if (['EIO', 'EFAULT'].includes((error as { code?: string }).code ?? '')) return 0;
    throw error;
  }
}

/** A list of numbers as V8 keeps it. */
export const asDoubles = (values: readonly number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);
