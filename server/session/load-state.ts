// The state of a session from its log, from the cached state on where there is one.
// Invariant: without the cache, or with one of another version, the log gives the same state.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialState, type SessionState } from '#session-core/model/state.ts';
import { evolve } from '#session-core/session.ts';
import type { Storage } from '../storage/storage.ts';

/** Hash of the session rules' sources: a cached state must not outlive the code that made it. */
const CACHE_VERSION = versionOf(join(import.meta.dirname, '../../session-core'));

function versionOf(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

export interface LoadedState {
  readonly state: SessionState;
  /** Time of the last event, milliseconds since 1970; 0 for an empty log. */
  readonly lastAt: number;
}

export async function loadState(storage: Storage, session: string): Promise<LoadedState> {
  const cache = await storage.getCache(session, CACHE_VERSION);
  const known = cache ? (JSON.parse(cache.json) as LoadedState) : { state: initialState, lastAt: 0 };
  const events = await storage.read(session, known.state.seq);
  return { state: events.reduce(evolve, known.state), lastAt: events.at(-1)?.at ?? known.lastAt };
}

export async function cacheState(storage: Storage, session: string, { state, lastAt }: LoadedState): Promise<void> {
  await storage.putCache(session, { seq: state.seq, version: CACHE_VERSION, json: JSON.stringify({ state, lastAt }) });
}
