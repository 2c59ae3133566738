// What is only read of a session: of a live one, or straight from the storage, so that whoever merely asks does not bring
// it into the memory.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Course, DataProfiles } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import { everybodyIn } from '#session-core/view/view-people.ts';
import { createTextStore, type TextStore } from '../document/text-store.ts';
import type { Now } from '../platform/clock.ts';
import type { Storage } from '../storage/storage.ts';
import { type Comparisons, createComparisons } from './runs/comparisons.ts';
import { storedExplanations } from './runs/explanations.ts';
import { holdoutRows } from './runs/holdout-scores.ts';
import { NEVER } from './runs/reproductions.ts';
import { createRunDifferences } from './runs/run-difference.ts';
import { createRunErrors } from './runs/run-errors.ts';
import type { SessionReadings } from './session-api.ts';
import type { SessionData } from './session-courses.ts';
import { createSessionQueries, type SessionQueries } from './session-queries.ts';
import type { Views } from './views/views.ts';

export interface ReadingOptions {
  readonly session: string;
  readonly storage: Storage;
  readonly state: () => SessionState;
  readonly views: () => Pick<Views, 'publicView' | 'people'>;
  readonly queries: SessionQueries;
  readonly texts: TextStore;
  readonly compare: Comparisons['between'];
  readonly data: (task: Task) => SessionData;
  readonly course: (id: string) => Course;
  readonly looks: DataProfiles;
  readonly explanation: SessionReadings['explanation'];
  readonly learningCurve: SessionReadings['learningCurve'];
  readonly reproduction: SessionReadings['reproduction'];
}

export function readingsOf(options: ReadingOptions): SessionReadings {
  const { session, storage, state, views, queries, texts, compare, data, course, looks } = options;
  const own = () => data(state().task);
  const differences = createRunDifferences({
    state,
    data,
    looks,
    report: queries.report,
    texts,
    compare,
  });
  return {
    id: session,
    state,
    view: () => views().publicView(),
    people: () => views().people(),
    files: queries.files,
    course: () => course(state().task.course),
    tables: (task) => data((task === undefined ? undefined : state().tasks[task]) ?? state().task).tables,
    visible: () => own().visible,
    data: () => own().listing,
    report: queries.report,
    ...createRunErrors({ state, data, looks, report: queries.report }),
    explanation: options.explanation,
    learningCurve: options.learningCurve,
    reproduction: options.reproduction,
    compare: differences.between,
    experiments: differences.experiments,
    holdout: () => holdoutRows(state(), { actual: own().holdout.actual, reportOf: queries.reportOf }),
    events: () => storage.read(session, 0),
    tree: () => state().revisions[String(state().revision)]?.tree ?? {},
  };
}

/** Nobody is in it. Its text is that of its newest revision, which is cut when typing pauses. */
export function storedReadings(options: {
  readonly session: string;
  readonly storage: Storage;
  readonly state: SessionState;
  readonly mostParticipants: number;
  readonly now: Now;
  readonly data: (task: Task) => SessionData;
  readonly course: (id: string) => Course;
  readonly looks: DataProfiles;
  readonly cacheDir: string;
}): SessionReadings {
  const { session, storage, now, data, course, looks, mostParticipants } = options;
  const state = () => options.state;
  const presence = { online: new Set<string>(), viewers: 0, mostParticipants, gaps: [], retention: { keptUntil: 0 } };
  const texts = createTextStore(storage, session);
  const dispatch = () => Promise.resolve();
  const queries = createSessionQueries({ storage, session, texts, state, now, dispatch });
  const compare = createComparisons({ state, report: queries.reportOf }).between;
  const views = () => ({
    publicView: () => viewOf(options.state, { kind: 'public' }, presence),
    people: () => everybodyIn(options.state, presence),
  });
  const explained = storedExplanations({ state, data, cacheDir: options.cacheDir });
  const reproduction = () => NEVER;
  return readingsOf({
    session,
    storage,
    state,
    views,
    queries,
    texts,
    compare,
    data,
    course,
    looks,
    reproduction,
    ...explained,
  });
}
