// A registry with everything around it faked but the storage: small workspace, still clock, sandbox on a string.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '#pipeline-core/core/report.ts';
import { defaultCourse } from '#sandbox/index.ts';
import { createLog } from '#server/platform/log.ts';
import { createRegistry, type RegistryOptions } from '#server/session/registry.ts';
import type { LiveSession, Registry, Transport } from '#server/session/session-api.ts';
import type { SessionCourse, SessionCourses, SessionData } from '#server/session/session-courses.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import type { Storage } from '#server/storage/storage.ts';
import type { PlannedAgenda } from '#session-core/model/agenda.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { type Ack, applyPatch, type Snapshot, type ViewPatch } from '#session-core/protocol/messages.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { looksHere } from './looks.ts';
import { createManualPool, type ManualPool } from './manual-pool.ts';
import { grades, secondQuestion } from './student-course.ts';

export const WORKSPACE = {
  'dvc.yaml': 'stages:\n  train:\n    cmd: node src/train.ts\n',
  'params.yaml': 'age: true\nfailures: false\ntrees: 100\n',
  'src/train.ts': 'const a = 1;\nconst b = 2;\nconsole.log(a + b);\n',
};

/** A tour of two places, counted in the checkpoint that a session begins with. */
const KIT_AGENDA: PlannedAgenda = {
  minutes: 45,
  steps: [
    {
      title: 'Tour',
      say: 'Look.',
      ask: 'What do you see?',
      minutes: 5,
      scene: 'pipeline',
      counted: '1-start',
      show: [
        { file: 'params.yaml', fromLine: 3, toLine: 3, sentence: 'How many trees.' },
        { file: 'src/train.ts', fromLine: 2, toLine: 3, sentence: 'Here it learns.' },
      ],
    },
    { title: 'Run', say: 'Run it.', ask: 'Better?', minutes: 5, scene: 'results', done: { run: true } },
  ],
};

/** A table without rows, of a task that forbids nothing. */
export const NO_DATA: SessionData = {
  tables: {},
  listing: [],
  holdout: { rows: [], actual: [] },
  limits: {},
  visible: { csv: 'y\n', columns: [], task: { target: 'y', targetUnit: '', classes: [], forbidden: [] }, actual: [] },
  checked: { target: 'y', measure: 'rmse', classes: [], forbidden: [], markers: [], actual: [] },
};

export interface Kit {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly pool: ManualPool;
  readonly clock: FakeClock;
  /** Lines that the server logged. */
  readonly lines: string[];
  readonly dataDir: string;
  /** Another registry over the same storage, as after a restart; the old one is left as it is. */
  restart(): Promise<Registry>;
  close(): Promise<void>;
}

/** One course, whatever it is called, with these checkpoints. */
export function kitCourses(
  checkpoints: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly task: Task }>>,
  data: SessionCourse['data'],
): SessionCourses {
  const first: SessionCourse = {
    id: grades.course,
    about: defaultCourse(),
    size: () => ({ rows: 0, columns: 0 }),
    title: '',
    first: '1-start',
    checkpoint: (name) => checkpoints[name] ?? null,
    agenda: (minutes = KIT_AGENDA.minutes) => (minutes === KIT_AGENDA.minutes ? KIT_AGENDA : null),
    data,
  };
  return { first, all: [first], find: () => first };
}

export interface KitOptions
  extends Partial<Pick<RegistryOptions, 'now' | 'after' | 'wordFilter' | 'ownership' | 'tables'>> {
  readonly storage?: Storage;
  readonly pool?: ManualPool;
  readonly participantsPerSession?: number;
}

export function createKit(options: KitOptions = {}): Kit {
  const clock = createFakeClock();
  const storage = options.storage ?? createMemoryStorage();
  const pool = options.pool ?? createManualPool();
  const dataDir = mkdtempSync(join(tmpdir(), 'registry-'));
  const lines: string[] = [];
  const made: Registry[] = [];
  const make = () => {
    const registry = createRegistry({
      storage,
      pool,
      looks: looksHere(),
      ...(options.ownership ? { ownership: options.ownership } : {}),
      ...(options.tables ? { tables: options.tables } : {}),
      now: options.now ?? clock.now,
      after: options.after ?? clock.after,
      log: createLog('warn', (line) => void lines.push(line)),
      config: { dataDir, participantsPerSession: options.participantsPerSession ?? 1_200 },
      courses: kitCourses(
        {
          '1-start': { files: WORKSPACE, task: grades },
          '3-forest': { files: { ...WORKSPACE, 'params.yaml': 'model: forest\n' }, task: grades },
          '5-range': { files: { ...WORKSPACE, 'params.yaml': 'trees: 100 # 10..500 step 10, trees\n' }, task: grades },
          '6-second-question': { files: { ...WORKSPACE, 'params.yaml': 'G1: true\n' }, task: secondQuestion },
        },
        (task) => ({ ...NO_DATA, holdout: { rows: [{ asked: task }], actual: [] } }),
      ),
      wordFilter: options.wordFilter ?? ((text) => text.includes('darn')),
    });
    made.push(registry);
    return registry;
  };
  const registry = make();
  return {
    registry,
    storage,
    pool,
    clock,
    lines,
    dataDir,
    restart: () => Promise.resolve(make()),
    async close() {
      for (const one of made) await one.close();
      await storage.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const newSession = { facilitatorHash: 'f'.repeat(64), joinCode: 'BCDFGH' } as const;

let commands = 0;
export const commandId = () => {
  commands += 1;
  return `command-${String(commands).padStart(6, '0')}`;
};

/** Joins and connects, and gives back how to speak as this person. */
export async function joinAs(
  session: LiveSession,
  displayName: string,
  facilitator = false,
  tab = `tab-${displayName}`,
) {
  const joined = await session.join({ displayName, tokenHash: displayName.padEnd(64, '0'), facilitator });
  if (!joined.ok) throw new Error(joined.rejection.message);
  const { participant } = joined;
  const connection = { id: `socket-${displayName}-${tab}`, participant, tab };
  session.connected(connection);
  return {
    participant,
    tab,
    connection,
    say: (command: ClientCommand, id = commandId()): Promise<Ack> =>
      session.send(command, { participant, tab, commandId: id }),
  };
}
export type Person = Awaited<ReturnType<typeof joinAs>>;

/** What one audience's browser would hold, applied patch by patch; `holes` counts patches that did not fit. */
export function watch(session: LiveSession, participant: string | null) {
  const first = session.initialMessages(participant);
  if (first.kind !== 'snapshot') throw new Error('the first message was no snapshot');
  const snapshot = first.snapshot as Snapshot<object, object>;
  const seen = { view: snapshot.view, seq: snapshot.seq, you: snapshot.you, youSeq: snapshot.youSeq, holes: 0 };
  return {
    seen,
    patch(patch: ViewPatch): void {
      if (patch.from === seen.seq) {
        seen.view = applyPatch(seen.view, patch);
        seen.seq = patch.seq;
      } else if (patch.seq > seen.seq) seen.holes += 1;
    },
    own(patch: ViewPatch): void {
      if (patch.from === seen.youSeq && seen.you) {
        seen.you = applyPatch(seen.you, patch);
        seen.youSeq = patch.seq;
      } else if (patch.seq > seen.youSeq) seen.holes += 1;
    },
  };
}

/** Everything that is pushed, in order, by kind. */
export function recordOutlet() {
  const pushed: { readonly kind: string; readonly to: string; readonly what: unknown }[] = [];
  const transport: Transport = {
    publish: (audience, patch) => void pushed.push({ kind: 'patch', to: audience, what: patch }),
    isHeard: () => true,
    publishTo: (participant, patch) => void pushed.push({ kind: 'you', to: participant, what: patch }),
    progress: (message, only) => void pushed.push({ kind: 'progress', to: only ?? 'all', what: message }),
    promoted: (participant) => void pushed.push({ kind: 'promoted', to: participant, what: null }),
    disconnect: (participant, code) => void pushed.push({ kind: 'disconnect', to: participant ?? 'all', what: code }),
  };
  return { pushed, transport };
}

/** Sessions with a facilitator in them, closed together after each test. */
export function openSessions() {
  const kits: Kit[] = [];
  return {
    async open(options?: KitOptions) {
      const kit = createKit(options);
      kits.push(kit);
      const { pushed, transport } = recordOutlet();
      kit.registry.onOpen((opened) => opened.setTransport(transport));
      const session = await kit.registry.create(newSession);
      const host = await joinAs(session, 'Host', true);
      await kit.clock.advance(100);
      pushed.length = 0;
      return { kit, session, host, pushed };
    },
    async closeAll() {
      for (const kit of kits.splice(0)) await kit.close();
    },
  };
}
