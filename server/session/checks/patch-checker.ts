// Has the code and every open patch checked for types, format and lint: a new patch at once, the others again, one after
// another, when the code has changed under them.
// Invariant: one check of a session at a time; results are recorded by commands, those of the code itself nowhere; what was
// ended by chance is tried again, after longer and longer pauses; what ran into a limit, when somebody waits for it.
import type { CodeFindings, Pool } from '#sandbox/index.ts';
import type { CodeChecks } from '#session-core/model/checks.ts';
import type { Patch } from '#session-core/model/client-commands.ts';
import { byPopularity, pinnedFirst } from '#session-core/model/ranking.ts';
import type { SessionState, Suggestion } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import { requiresCodeChecks, versionOf } from '#session-core/rules/checks.ts';
import { votesOf } from '#session-core/rules/vote.ts';
import { mergePatchFiles } from '#session-core/text/merge.ts';
import { type Files, patchBetween } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import { type CodeStateView, codeCheckView } from '#session-core/view/view-checks.ts';
import type { TextStore } from '../../document/text-store.ts';
import type { After } from '../../platform/clock.ts';
import { type CodeResults, codeResults, recorded } from './code-results.ts';

const SOON_MS = 150;
/** Between checks that nobody waits for. */
const LATER_MS = 1_500;
/** Before another try, four times as long before each further one. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 600_000;
/** A try that ends so once more is recorded all the same: somebody waits to read why nothing comes of it. */
const TRIES_IN_SILENCE = 2;

export interface PatchCheckerOptions {
  readonly session: string;
  readonly pool: Pool;
  readonly texts: TextStore;
  readonly after: After;
  readonly state: () => SessionState;
  dispatch(command: SystemCommand): void;
  /** What `ofCode` says. */
  codeChecked(): void;
  failed(error: unknown): void;
}

export interface PatchChecker {
  /** The code or the queue changed. */
  changed(): void;
  /** Somebody waits for its results: it is checked before all others. */
  wanted(suggestion: Id): void;
  /** Of the newest revision that was checked. */
  ofCode(): CodeStateView | undefined;
  /** With messages; `suggestion` undefined: of the code itself. null: it has no patch, or one that does not apply. */
  results(suggestion?: Id): Promise<CodeResults['checks'] | null>;
  /** Its patch as the formatter writes it, against the revision that was the newest; undefined: nothing is to be fixed. */
  fixOf(suggestion: Id): Promise<Patch | undefined>;
  stop(): void;
}

interface OfPatch extends CodeResults {
  /** The newest revision. */
  readonly onto: Files;
  /** What the patch changes. */
  readonly styled: readonly string[];
}

interface Done {
  readonly version: number;
  readonly revision: number;
  /** Whether results were recorded for each revision. */
  readonly required: boolean;
}

/** undefined: the code itself. */
type Subject = Id | undefined;
type Job = { readonly of: Subject; readonly soon: boolean };

export function createPatchChecker(options: PatchCheckerOptions): PatchChecker {
  const { session, pool, texts, after, state, dispatch, failed } = options;
  const done = new Map<Id, Done>();
  let code: CodeStateView | undefined;
  /** The newest revision that was looked at, checked or not. */
  let codeDone = 0;
  let [working, stopped] = [false, false];
  let timer: { readonly soon: boolean; readonly cancel: () => void } | null = null;
  const waitedFor = new Set<Id>();
  const ended = new Map<Subject, { readonly times: number; readonly cancel: () => void }>();

  function next(): Job | null {
    const { status, revision, suggestions } = state();
    if (status !== 'open' || revision === 0) return null;
    const required = requiresCodeChecks(state());
    const due = Object.entries(suggestions).flatMap(([id, card]) => {
      if (!card.patch || (card.status !== 'open' && card.status !== 'pending')) return [];
      if (card.mergeState?.state === 'conflict') return [];
      const last = done.get(id);
      if (last?.revision === revision && last.version === versionOf(card) && last.required === required) return [];
      const isNew = card.checks === undefined && last?.version !== versionOf(card);
      const isWaitedFor = waitedFor.has(id) || (required && card.pinned);
      const turn = isWaitedFor ? 0 : isNew ? 1 : 2;
      return [{ id, turn, pinned: card.pinned, votes: votesOf(card), at: card.at }];
    });
    const first = due.sort((a, b) => a.turn - b.turn || pinnedFirst(a, b) || byPopularity(a, b))[0];
    if (codeDone !== revision && first?.turn !== 0) return { of: undefined, soon: true };
    return first ? { of: first.id, soon: first.turn < 2 } : null;
  }

  /** How often it has ended so, one after another. */
  function tryAgain(subject: Subject): number {
    const times = (ended.get(subject)?.times ?? 0) + 1;
    forgetTries(subject);
    const cancel = after(Math.min(FIRST_PAUSE_MS * 4 ** (times - 1), LONGEST_PAUSE_MS), () => {
      if (subject === undefined) codeDone = 0;
      else done.delete(subject);
      schedule();
    });
    ended.set(subject, { times, cancel });
    return times;
  }

  function forgetTries(subject: Subject): void {
    ended.get(subject)?.cancel();
    ended.delete(subject);
  }

  /** null: nothing is to be said of it, or not yet. */
  async function triedOn<T extends CodeResults>(subject: Subject, results: Promise<T | null>): Promise<T | null> {
    const found = await results.catch((error: unknown): undefined => {
      failed(error);
    });
    if (stopped) return null;
    if (found === undefined || (found !== null && isEndedByChance(found))) {
      const times = tryAgain(subject);
      return found && times > TRIES_IN_SILENCE ? found : null;
    }
    forgetTries(subject);
    return found;
  }

  function schedule(): void {
    const job = stopped || working ? null : next();
    if (job === null || timer?.soon || (timer && !job.soon)) return;
    timer?.cancel();
    timer = { soon: job.soon, cancel: after(job.soon ? SOON_MS : LATER_MS, run) };
  }

  function run(): void {
    timer = null;
    const job = stopped ? null : next();
    if (job === null) return;
    working = true;
    (job.of === undefined ? checkCode() : checkPatch(job.of)).catch(failed).finally(() => {
      working = false;
      schedule();
    });
  }

  const textsAt = async (revision: number): Promise<Files | null> => {
    const found = own(state().revisions, String(revision));
    return found ? await texts.textsOf(found.tree) : null;
  };
  const isCode = (path: string) => path.endsWith('.ts');
  const findingsIn = (files: Files, styled: readonly string[]): Promise<CodeFindings> =>
    pool.check({ sessionId: session, files, styled, language: state().settings.language });
  const findingsOfCode = (files: Files) => findingsIn(files, Object.keys(files).filter(isCode));

  async function resultsOfCode(revision: number): Promise<CodeResults | null> {
    const files = await textsAt(revision);
    return files && codeResults(await findingsOfCode(files), { before: null, after: files, known: null });
  }

  async function resultsOfPatch({ patch }: Suggestion, revision: number): Promise<OfPatch | null> {
    const base = patch && (await textsAt(patch.revision));
    const onto = await textsAt(revision);
    if (!patch || !base || !onto) return null;
    const merged = mergePatchFiles({ base, live: onto, patch });
    if (!merged.ok || merged.value.state === 'conflict') return null;
    const { files } = merged.value;
    const styled = Object.keys(files).filter((path) => isCode(path) && files[path] !== onto[path]);
    const known = await findingsOfCode(onto);
    return { ...codeResults(await findingsIn(files, styled), { before: onto, after: files, known }), onto, styled };
  }

  /**
   * Its own lines as the formatter writes them, where that is the same code: the formatter would go on to write the whole file
   * as it does now. Otherwise the whole file: the formatter moved something past a line that it left alone, such as a comment.
   */
  async function fixedFiles(fixed: Files, { whole, styled }: OfPatch): Promise<Files> {
    const { style } = await findingsIn(fixed, styled);
    const isSame = ([path, text]: [string, string]): boolean =>
      'fixed' in style && (own(style.fixed, path) ?? fixed[path]) === text;
    return { ...fixed, ...Object.fromEntries(Object.entries(whole).filter((file) => !isSame(file))) };
  }

  async function checkCode(): Promise<void> {
    const { revision } = state();
    codeDone = revision;
    const found = await triedOn(undefined, resultsOfCode(revision));
    if (!found) return;
    const { types, style } = recorded(found.checks);
    code = { revision, types: codeCheckView(types), style: codeCheckView(style) };
    options.codeChecked();
  }

  async function checkPatch(suggestion: Id): Promise<void> {
    const { revision } = state();
    const card = own(state().suggestions, suggestion);
    if (!card) return;
    const version = versionOf(card);
    // Noted first: what cannot be checked is not asked for again and again.
    done.set(suggestion, { version, revision, required: requiresCodeChecks(state()) });
    waitedFor.delete(suggestion);
    const found = await triedOn(suggestion, resultsOfPatch(card, revision));
    if (found) dispatch({ type: 'patch.check', suggestion, version, revision, checks: recorded(found.checks) });
  }

  return {
    changed: schedule,
    wanted(suggestion) {
      waitedFor.add(suggestion);
      // Not after a pause, and what ran into a limit may get further now.
      if (ended.has(suggestion) || isCutOff(own(state().suggestions, suggestion)?.checks)) done.delete(suggestion);
      schedule();
    },
    ofCode: () => code,
    async results(suggestion) {
      const { revision, suggestions } = state();
      if (suggestion === undefined) return (await resultsOfCode(revision))?.checks ?? null;
      const card = own(suggestions, suggestion);
      return card ? ((await resultsOfPatch(card, revision))?.checks ?? null) : null;
    },
    async fixOf(suggestion) {
      const { revision, suggestions } = state();
      const card = own(suggestions, suggestion);
      const found = card && (await resultsOfPatch(card, revision));
      if (!found?.fixed) return undefined;
      return patchBetween(found.onto, await fixedFiles(found.fixed, found), revision) ?? undefined;
    },
    stop() {
      stopped = true;
      timer?.cancel();
      for (const { cancel } of ended.values()) cancel();
    },
  };
}

const isCutOff = (checks: CodeChecks | undefined): boolean =>
  [checks?.types, checks?.style].some((check) => check?.result === 'unchecked' && check.why !== 'missing');

const isEndedByChance = ({ checks }: CodeResults): boolean =>
  [checks.types, checks.style].some((check) => check.result === 'unchecked' && check.why === 'ended');
