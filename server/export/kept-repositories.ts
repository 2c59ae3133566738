// Repositories of sessions that are cloned and pulled: built once for all who ask meanwhile, and on from what was built.
// Invariant: a session that goes on is looked at anew at most every two seconds; a failure is not kept; a session that is
// deleted leaves nothing here.
import type { Now } from '../platform/clock.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { liveRepository, type Made, nothingMade, type SessionRepository } from './export-repository.ts';
import type { Enclosed } from './surroundings.ts';

const FRESH_MS = 2_000;
/** Objects stay in the memory: libraries, texts and tables of so many sessions. */
const MOST = 4;
/** Superseded branches, tags and notes are left behind: beyond this it is built anew, to the same objects. */
const MOST_LEFT = 4_000;

export interface KeptRepository {
  readonly repository: SessionRepository;
  /** What was shown lately: a client asks for what it read a moment ago. */
  readonly shown: ReadonlySet<string>;
}

interface Entry {
  made: Made;
  at: number;
  seq: number;
  kept: KeptRepository | null;
  building: Promise<KeptRepository | null> | null;
}

type Packing = Promise<Uint8Array | null>;

export class KeptRepositories {
  /** The one asked for last is last. */
  readonly #entries = new Map<string, Entry>();
  readonly #packed = new Map<string, { readonly at: number; readonly seq: number; readonly file: Packing }>();
  readonly #now: Now;

  constructor(now: Now) {
    this.#now = now;
  }

  /** null: there is no text yet. Throws what the storage throws. */
  of(session: SessionReadings, enclosed: Enclosed): Promise<KeptRepository | null> {
    const entry = this.#entries.get(session.id) ?? empty();
    this.#entries.delete(session.id);
    this.#entries.set(session.id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
    const isFresh = entry.seq === session.state().seq || Math.abs(this.#now() - entry.at) < FRESH_MS;
    if (entry.kept !== null && isFresh) return Promise.resolve(entry.kept);
    entry.building ??= this.#build(session, enclosed, entry).finally(() => {
      entry.building = null;
    });
    return entry.building;
  }

  /**
   * The repository as one file, packed once for all who ask in the same moment, as a class does at the end.
   * @param make null: there is no text yet
   */
  packed(session: SessionReadings, kind: 'bundle' | 'zip', make: () => Promise<Uint8Array | null>): Packing {
    const key = `${kind} ${session.id}`;
    const { seq } = session.state();
    const last = this.#packed.get(key);
    if (last && (last.seq === seq || Math.abs(this.#now() - last.at) < FRESH_MS)) return last.file;
    const file = make();
    this.#packed.delete(key);
    this.#packed.set(key, { at: this.#now(), seq, file });
    const [oldest] = this.#packed.keys();
    if (this.#packed.size > MOST && oldest !== undefined) this.#packed.delete(oldest);
    const drop = () => {
      if (this.#packed.get(key)?.file === file) this.#packed.delete(key);
    };
    file.then((made) => made ?? drop(), drop);
    return file;
  }

  forget(session: string): void {
    this.#entries.delete(session);
    for (const key of this.#packed.keys()) if (key.endsWith(` ${session}`)) this.#packed.delete(key);
  }

  async #build(session: SessionReadings, enclosed: Enclosed, entry: Entry): Promise<KeptRepository | null> {
    const { seq } = session.state();
    const repository = await liveRepository(session, enclosed, entry.made);
    entry.at = this.#now();
    entry.seq = seq;
    if (repository === null) return null;
    const { objects } = entry.made;
    const both = [entry.kept?.repository, repository].flatMap((one) =>
      one ? [one.head, ...Object.values(one.refs)] : [],
    );
    entry.kept = { repository, shown: new Set(both) };
    if (objects.size() - objects.reachable(both).size > MOST_LEFT) entry.made = nothingMade();
    return entry.kept;
  }
}

const empty = (): Entry => ({ made: nothingMade(), at: 0, seq: -1, kept: null, building: null });
