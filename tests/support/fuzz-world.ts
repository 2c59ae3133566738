// A session under random load, one clock and one seed: participants type, suggest, accept, undo and hand over,
// connections lag and break, the server crashes at any point, also between an append and its relay, and restarts.
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { hashOf } from '#server/document/text-store.ts';
import { createLog } from '#server/platform/log.ts';
import { createRegistry } from '#server/session/registry.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { type Append, type Storage, StorageUnavailable } from '#server/storage/storage.ts';
import type { ClientCommand, Patch } from '#session-core/model/client-commands.ts';
import { type Ack, applyPatch } from '#session-core/protocol/messages.ts';
import { patchBetween } from '#session-core/text/patch.ts';
import { createFakeClock, type FakeClock, settle } from './fake-clock.ts';
import { FUZZ_FILES } from './fuzz-files.ts';
import { createManualPool } from './manual-pool.ts';
import { kitCourses, NO_DATA, newSession, WORKSPACE } from './registry-kit.ts';
import { type Random, seeded } from './seeded.ts';
import { createSimText, type SimText } from './sim-text.ts';
import { grades } from './student-course.ts';

interface Waiting {
  readonly command: ClientCommand;
  readonly id: string;
}

export interface FuzzPerson {
  readonly id: string;
  readonly tab: string;
  readonly text: SimText;
  /** Sent again, with the same id, until answered. */
  readonly outbox: Waiting[];
}

export interface Watcher {
  view: object;
  seq: number;
  logId: string;
  missed: boolean;
}

export interface World {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly people: readonly FuzzPerson[];
  readonly viewer: SimText;
  readonly watcher: Watcher;
  readonly disk: Storage;
  readonly session: () => LiveSession;
  readonly answers: { readonly command: ClientCommand; readonly ack: Ack }[];
  readonly lines: string[];
  /** Events that say a step was taken while the text stored with them says otherwise. */
  readonly torn: number[];
  storedTexts(): Record<string, string>;
  readonly counts: { restarts: number; between: number; full: number; resyncs: number };
  say(person: FuzzPerson, command: ClientCommand): void;
  /** A patch somebody writes against the last revision. */
  patch(): Promise<Patch | null>;
  kill(): Promise<void>;
  /** The next append is kept, and the process dies before it hears so. */
  killAtAppend(): void;
  fillDisk(full: boolean): void;
  /** The watcher asks for what it missed. */
  look(): void;
  heal(): Promise<void>;
}

export async function openWorld(seed: number): Promise<World> {
  const random = seeded(seed);
  const clock = createFakeClock();
  const disk = createMemoryStorage();
  const lag = () => random.below(60);
  const lines: string[] = [];
  const torn: number[] = [];
  const answers: World['answers'] = [];
  const counts = { restarts: 0, between: 0, full: 0, resyncs: 0 };
  const never = () => new Promise<never>(() => {});
  let [full, dieAtAppend] = [false, false];
  let commands = 0;
  let session: LiveSession;
  let process = { dead: false, up: false };

  /** Each process has its own way to the disk: once it is dead, nothing of it gets there any more. */
  function wayToDisk(mine: { dead: boolean }): Storage {
    const guard =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        if (mine.dead) return never();
        const result = await call(...args);
        return mine.dead ? never() : result;
      };
    return {
      ...(Object.fromEntries(
        Object.entries(disk).map(([name, call]) => [name, guard(call as (...args: unknown[]) => Promise<unknown>)]),
      ) as unknown as Storage),
      async create(row, first) {
        await disk.create(row, first);
        checkStep(first);
      },
      async append(append: Append) {
        if (mine.dead) return never();
        // The disk is slow.
        if (random.chance(0.3)) await new Promise<void>((resolve) => void clock.after(random.below(20), resolve));
        if (mine.dead) return never();
        if (full) throw new StorageUnavailable('full');
        await disk.append(append);
        checkStep(append);
        if (dieAtAppend) {
          dieAtAppend = false;
          counts.between += 1;
          mine.dead = true;
          clock.after(1, () => void boot());
          return never();
        }
        return mine.dead ? never() : undefined;
      },
    };
  }

  /** What is on the disk, update by update. */
  const stored = new Y.Doc();
  const storedTexts = () =>
    Object.fromEntries([...(stored.getMap('files') as Y.Map<Y.Text>)].map(([path, text]) => [path, text.toString()]));
  function checkStep({ events, docUpdates = [] }: Append): void {
    for (const update of docUpdates) Y.applyUpdate(stored, update);
    const step = events.findLast((event) => event.type === 'revision.cut');
    // Nothing was typed in the same append: a command of the server and its text are stored as one.
    if (!step || docUpdates.length > 1 || !['patch', 'restore', 'checkpoint'].includes(step.payload.why)) return;
    const tree = Object.fromEntries(Object.entries(storedTexts()).map(([path, text]) => [path, hashOf(text)]));
    if (!isDeepStrictEqual(tree, step.payload.tree)) torn.push(step.seq);
  }

  const pool = createManualPool((job) => 2 + (job.files['params.yaml']?.length ?? 0) / 1000);
  const processOf = (mine: { dead: boolean }) =>
    createRegistry({
      storage: wayToDisk(mine),
      pool,
      now: clock.now,
      after: (ms, call) => clock.after(ms, () => !mine.dead && call()),
      log: createLog('warn', (line) => void lines.push(line)),
      config: { dataDir: '/nowhere', participantsPerSession: 100 },
      courses: kitCourses(
        { '1-start': { files: FUZZ_FILES, task: grades }, other: { files: WORKSPACE, task: grades } },
        () => NO_DATA,
      ),
      wordFilter: () => false,
    });

  const watcher: Watcher = { view: {}, seq: -1, logId: '', missed: false };
  function look(): void {
    const word = session.initialMessages(null, { logId: watcher.logId, seq: watcher.seq });
    if (word.kind === 'patches') {
      counts.resyncs += 1;
      for (const patch of word.patches) {
        watcher.view = applyPatch(watcher.view, patch);
        watcher.seq = patch.seq;
      }
    } else Object.assign(watcher, { view: word.snapshot.view, seq: word.snapshot.seq, logId: word.snapshot.logId });
    watcher.missed = false;
  }

  async function boot(): Promise<void> {
    const id = session?.id;
    process.dead = true;
    process = { dead: false, up: false };
    const mine = process;
    if (id !== undefined) counts.restarts += 1;
    const registry = processOf(mine);
    registry.onOpen((opened) =>
      opened.setTransport({
        publish(audience, patch) {
          if (mine.dead || audience !== 'public') return;
          if (random.chance(0.1)) watcher.missed = true;
          if (watcher.missed) return;
          if (patch.from !== watcher.seq) {
            watcher.missed = true;
            return;
          }
          watcher.view = applyPatch(watcher.view, patch);
          watcher.seq = patch.seq;
        },
        isHeard: () => true,
        publishTo: () => {},
        progress: () => {},
        promoted: () => {},
        disconnect: () => clock.after(1, () => !mine.dead && reconnect()),
      }),
    );
    const opened = id === undefined ? await registry.create(newSession) : (await registry.open(id))!;
    if (mine.dead) return; // Killed while it started: another process may be up already.
    session = opened;
    mine.up = true;
    reconnect();
  }

  function reconnect(): void {
    look();
    for (const person of people) {
      session.connected({ id: `socket-${person.id}`, participant: person.id, tab: person.tab });
      person.text.cut();
      clock.after(random.below(200), () => person.text.connect(session));
      for (const waiting of person.outbox) send(person, waiting);
    }
    viewer.cut();
    viewer.connect(session);
  }

  function send(person: FuzzPerson, waiting: Waiting): void {
    const mine = process;
    const sender = { participant: person.id, tab: person.tab, commandId: waiting.id };
    void session.send(waiting.command, sender).then((ack) => {
      if (mine.dead || !person.outbox.includes(waiting)) return;
      // The server is restarting: the page tries again.
      if (!ack.ok && (ack.rejection.code === 'busy' || ack.rejection.code === 'storage_unavailable')) {
        clock.after(100, () => !mine.dead && person.outbox.includes(waiting) && send(person, waiting));
        return;
      }
      person.outbox.splice(person.outbox.indexOf(waiting), 1);
      answers.push({ command: waiting.command, ack });
    });
  }

  const people: FuzzPerson[] = [];
  const viewer = createSimText({ clock, lag }, { participant: null, tab: '', own: true });
  await boot();
  for (const [i, displayName] of ['Host', 'Ann', 'Bob', 'Cem'].entries()) {
    const joining = session!.join({ displayName, tokenHash: displayName.padEnd(64, '0'), facilitator: i === 0 });
    await clock.advance(60);
    const joined = await joining;
    if (!joined.ok) throw new Error(joined.rejection.message);
    const id = joined.participant;
    people.push({
      id,
      tab: `tab-${id}`,
      text: createSimText({ clock, lag }, { participant: id, tab: `tab-${id}`, own: true }),
      outbox: [],
    });
  }
  reconnect();
  await clock.advance(500);

  return {
    clock,
    random,
    people,
    viewer,
    watcher,
    disk,
    session: () => session,
    answers,
    lines,
    torn,
    storedTexts,
    counts,
    say(person, command) {
      commands += 1;
      const waiting = { command, id: `fuzz-${String(commands).padStart(6, '0')}` };
      person.outbox.push(waiting);
      send(person, waiting);
    },
    async patch() {
      const { revision, revisions } = session.state();
      const tree = revisions[String(revision)]?.tree ?? {};
      const before: Record<string, string> = {};
      for (const [path, hash] of Object.entries(tree)) before[path] = (await disk.blob(session.id, hash)) ?? '';
      const path = random.one(Object.keys(before));
      const lines = before[path]!.split('\n');
      const at = random.below(lines.length);
      const kind = random.below(4);
      if (kind === 0) lines[at] = `line ${commands}`;
      else if (kind === 1) lines.splice(at, 0, `new ${commands}`);
      else if (kind === 2) lines.splice(at, 1);
      else lines[at] = `${lines[at]} # ${commands}`;
      const after = { ...before, [path]: lines.join('\n') };
      if (random.chance(0.1) && Object.keys(before).length < 10)
        after[`src/f${commands}.ts`] = `export const n = ${commands};\n`;
      return patchBetween(before, after, revision);
    },
    kill: boot,
    look,
    killAtAppend() {
      dieAtAppend = true;
    },
    fillDisk(next) {
      if (next) counts.full += 1;
      full = next;
    },
    async heal() {
      full = false;
      dieAtAppend = false;
      await clock.advance(4_000);
      // A start reads files: that takes real time, which this clock knows nothing of.
      for (; !process.up; await clock.advance(1)) await new Promise((resolve) => setTimeout(resolve, 1));
      for (const { text } of [...people, { text: viewer }]) if (!text.connected()) text.connect(session);
      await clock.advance(4_000);
      look();
      await settle();
    },
  };
}
