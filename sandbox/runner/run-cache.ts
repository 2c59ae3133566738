// The run cache of one session: what a stage wrote, kept under the key of everything it was made from.
// Invariant: content-addressed and checked on the way out, so that a damaged copy is a miss, never a wrong out; written
// aside and renamed, so that a crash leaves no half file; deleted with its session.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageRecord } from '#pipeline-core/workspace/plan.ts';

export interface KeptStage {
  /** Path -> SHA-256 of what it wrote. */
  readonly outs: Readonly<Record<string, string>>;
  /** Wall time in milliseconds of the run that wrote it. */
  readonly ms: number;
  /** The same of the processor. */
  readonly cpu?: number;
  /** What it logged. */
  readonly log?: readonly string[];
}

/** Path -> bytes. */
export type Outs = ReadonlyMap<string, Buffer>;

const MOST_KEPT = 400;
const MOST_BYTES = 512 * 1024 * 1024;
const PRUNE_EVERY = 50;
const PRUNE_EVERY_BYTES = 64 * 1024 * 1024;

/** What was stored since the last look at a folder: a cache lives for one run, its folder for a session. */
const stored = new Map<string, { stages: number; bytes: number }>();
const MOST_FOLDERS = 1_000;

export class RunCache {
  private readonly dir: string;

  /** @param dir belongs to this cache alone; made when first needed, with the folder that it is in */
  constructor(dir: string) {
    this.dir = dir;
  }

  /** What is kept under the key, whole and undamaged, or null. */
  async find(key: string): Promise<(KeptStage & { readonly files: Outs }) | null> {
    const path = join(this.dir, 'stages', key);
    const kept = await readJson<KeptStage>(path);
    if (kept === null) return null;
    const files = await this.files(kept.outs);
    if (files === null) return null;
    const now = new Date();
    await utimes(path, now, now).catch(() => {});
    return { ...kept, files };
  }

  /** The bytes of outs by their hashes, or null where one is gone or damaged. */
  async files(outs: Readonly<Record<string, string>>): Promise<Outs | null> {
    const files = new Map<string, Buffer>();
    for (const [path, sha256] of Object.entries(outs)) {
      const bytes = await readFile(this.objectPath(sha256)).catch(() => null);
      if (bytes === null || sha256Of(bytes) !== sha256) return null;
      files.set(path, bytes);
    }
    return files;
  }

  has(sha256: string): boolean {
    return existsSync(this.objectPath(sha256));
  }

  /** Throws what the file system throws (a full disk): the run goes on, nothing is kept. */
  async store(key: string, files: Outs, { ms, cpu, log }: Pick<KeptStage, 'ms' | 'cpu' | 'log'>): Promise<void> {
    const outs: [string, string][] = [];
    let added = 0;
    for (const [path, bytes] of files) {
      const sha256 = sha256Of(bytes);
      outs.push([path, sha256]);
      if (this.has(sha256)) continue;
      await this.write(this.objectPath(sha256), bytes);
      added += bytes.length;
    }
    const kept: KeptStage = {
      outs: Object.fromEntries(outs),
      ms,
      ...(cpu === undefined ? {} : { cpu }),
      ...(log && log.length > 0 ? { log } : {}),
    };
    await this.write(join(this.dir, 'stages', key), JSON.stringify(kept));
    const before = stored.get(this.dir) ?? { stages: 0, bytes: 0 };
    const since = { stages: before.stages + 1, bytes: before.bytes + added };
    stored.delete(this.dir);
    if (since.stages >= PRUNE_EVERY || since.bytes >= PRUNE_EVERY_BYTES) await this.prune();
    else stored.set(this.dir, since);
    if (stored.size > MOST_FOLDERS) stored.delete(stored.keys().next().value!);
  }

  /** What each stage was when it last succeeded in a main run. */
  async last(): Promise<Record<string, StageRecord>> {
    return (await readJson<Record<string, StageRecord>>(join(this.dir, 'last.json'))) ?? {};
  }

  async setLast(last: Readonly<Record<string, StageRecord>>): Promise<void> {
    await this.write(join(this.dir, 'last.json'), JSON.stringify(last));
  }

  /** A small result that belongs to a key, such as a hold-out score. */
  async note<T>(key: string): Promise<T | null> {
    return readJson<T>(join(this.dir, 'notes', key));
  }

  async setNote(key: string, value: unknown): Promise<void> {
    await this.write(join(this.dir, 'notes', key), JSON.stringify(value));
  }

  private objectPath(sha256: string): string {
    return join(this.dir, 'objects', sha256);
  }

  private async write(path: string, content: string | Uint8Array): Promise<void> {
    const aside = join(this.dir, 'aside', `${process.pid}.${counter++}`);
    const put = async () => {
      await writeFile(aside, content);
      await rename(aside, path);
    };
    try {
      await put().catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        for (const folder of [join(this.dir, '..'), this.dir, join(this.dir, 'aside'), join(path, '..')])
          await make(folder);
        await put();
      });
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  }

  // The stages not used for longest go first, then every object that no stage names.
  private async prune(): Promise<void> {
    const stages = await sizesIn(join(this.dir, 'stages'));
    const objects = await sizesIn(join(this.dir, 'objects'));
    const bytes = objects.reduce((sum, { size }) => sum + size, 0);
    if (stages.length <= MOST_KEPT && bytes <= MOST_BYTES) return;
    stages.sort((a, b) => b.time - a.time);
    const keep = Math.min(MOST_KEPT >> 1, stages.length >> 1);
    for (const { path } of stages.slice(keep)) await rm(path, { force: true });
    const named = new Set<string>();
    for (const { path } of stages.slice(0, keep)) {
      for (const sha256 of Object.values((await readJson<KeptStage>(path))?.outs ?? {})) named.add(sha256);
    }
    for (const record of Object.values(await this.last())) {
      for (const sha256 of Object.values(record.outs)) named.add(sha256);
    }
    for (const { name, path } of objects) if (!named.has(name)) await rm(path, { force: true });
  }
}

/** That and no more: a data folder that is gone must not come into being again, or whoever brings it back finds another one. */
async function make(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

let counter = 0;

export function sha256Of(content: string | Uint8Array): string {
  if (typeof content === 'string') return createHash('sha256').update(content).digest('hex');
  const known = hashes.get(content);
  if (known !== undefined) return known;
  const sha256 = createHash('sha256').update(content).digest('hex');
  hashes.set(content, sha256);
  return sha256;
}

// An out is hashed by its key, its record, its report: once is enough, for nobody writes into these bytes.
const hashes = new WeakMap<Uint8Array, string>();

async function readJson<T>(path: string): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

async function sizesIn(dir: string): Promise<{ name: string; path: string; size: number; time: number }[]> {
  const names = await readdir(dir).catch(() => []);
  const found = [];
  for (const name of names) {
    const path = join(dir, name);
    const about = await stat(path).catch(() => null);
    if (about !== null) found.push({ name, path, size: about.size, time: about.mtimeMs });
  }
  return found;
}
