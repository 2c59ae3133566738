// What a worker reads of its environment. It has a short one of its own: no address of a database is among it.
// Invariant: a bad value is one sentence that names it and what is allowed, and repeats no secret.

/** With its default; null: unset. `.env.example` lists them. */
export const WORKER_SETTINGS = {
  WORKER_NODES: null,
  WORKER_SECRET: null,
  WORKER_RUNS: null,
  WORKER_DIR: null,
} as const satisfies Readonly<Record<string, string | null>>;

export interface WorkerSettings {
  readonly nodes: readonly string[];
  readonly secret: string;
  /** Runs at a time; null: as many as cores, at least 2. */
  readonly runs: number | null;
  /** Folder of its run caches; null: the system's for temporary files. */
  readonly place: string | null;
}

/**
 * Of the pool of a worker that takes so many runs at a time: a pool leaves one of its places to main runs, and what was taken
 * must begin at once, whatever it is.
 */
export const poolSizeOf = (places: number): number => places + 1;

export type WorkerSettingsResult =
  | { readonly ok: true; readonly settings: WorkerSettings }
  | { readonly ok: false; readonly line: string };

export function readWorkerSettings(env: Readonly<Record<string, string | undefined>>): WorkerSettingsResult {
  const wrong = (line: string) => ({ ok: false, line }) as const;
  const nodes = (env['WORKER_NODES'] ?? '').split(',').map((url) => url.trim().replace(/\/$/, ''));
  if (!nodes.every((url) => /^http:\/\/[\w.\-[\]:]+$/.test(url) && URL.canParse(url)))
    return wrong('WORKER_NODES must be addresses of nodes, such as http://10.0.0.5:3000,http://10.0.0.6:3000.');
  const secret = env['WORKER_SECRET'] ?? '';
  if (secret.length < 16 || secret.length > 200)
    return wrong('WORKER_SECRET must be 16 to 200 random characters, the same as that of the nodes.');
  const runs = env['WORKER_RUNS'] ?? '';
  if (!/^(?:[1-9]\d?)?$/.test(runs))
    return wrong(`WORKER_RUNS is "${runs}"; it must be a number of runs from 1 to 99.`);
  return {
    ok: true,
    settings: { nodes, secret, runs: runs === '' ? null : Number(runs), place: env['WORKER_DIR'] || null },
  };
}
