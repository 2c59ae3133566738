// One stage's side of the bridge: its files in memory, its outs, its log with a budget, and `end`.
// Invariant: only strings, numbers and booleans pass to `post`, never an object of the participants' making.
import { nearNames } from '#pipeline-core/core/errors.ts';
import { isTestsOut } from '#pipeline-core/workspace/tests-out.ts';
import { inspect } from './inspect.ts';
import {
  charCodeAt,
  ErrorBuiltIn,
  floor,
  freeze,
  indexOf,
  isFiniteNumber,
  join,
  mapForEach,
  mapGet,
  mapHas,
  mapSet,
  parse,
  slice,
  toNumber,
  toText,
} from './primordials.ts';
import { placeIn } from './testing/place.ts';
import { refuseUndeclared, undeclaredSentence } from './undeclared-params.ts';
import type { WorkshopHost } from './workshop.ts';

/** The bridge out of the isolate: copies of plain values only. */
export type Post = (kind: string, a?: string | number, b?: string | number) => void;

export interface StageSpec {
  readonly stage: string;
  readonly seed: number;
  /** path, text, path, text ... of the deps. */
  readonly files: readonly string[];
  /** Paths the stage may write; one that ends with a slash stands for all below it. */
  readonly writable: readonly string[];
  /** Every path that exists in the workspace or comes from a stage: to tell a missing file from an undeclared one. */
  readonly known: readonly string[];
  readonly paramsJson: string;
  /** Dotted keys of params.yaml that the stage does not declare. */
  readonly undeclared: readonly string[];
  /** Fold of each row: stratified splits of as many rows and folds are these, whatever the labels are now. */
  readonly folds?: readonly number[];
  readonly logLines: number;
  readonly logBytes: number;
  readonly outBytes: number;
}

export interface Stage extends WorkshopHost {
  log(values: readonly unknown[]): void;
  /** Sends the outs and says that the stage came to its end. */
  end(): void;
}

const MOST_STEPS = 1_000;

export function openStage(post: Post, spec: StageSpec): Stage {
  const files = new Map<string, string>();
  for (let i = 0; i < spec.files.length; i += 2) mapSet(files, spec.files[i]!, spec.files[i + 1]!);
  const outs = new Map<string, string>();
  const { stage, writable, known, paramsJson } = spec;
  let written = 0;
  let lines = 0;
  let bytes = 0;
  let full = false;
  let reported = -1;
  let steps = 0;

  const say = (text: string): void => {
    let from = 0;
    while (!full) {
      const at = indexOf(text, '\n', from);
      const line = slice(text, from, at === -1 ? undefined : at);
      const kept = line.length > 2_000 ? `${slice(line, 0, 2_000)}…` : line;
      lines++;
      bytes += kept.length + 1;
      if (lines > spec.logLines || bytes > spec.logBytes) {
        full = true;
        post('log', `(${stage} has written all the log it may: further lines are not shown)`);
        return;
      }
      post('log', kept);
      if (at === -1 || at === text.length - 1) return;
      from = at + 1;
    }
  };

  const write = (path: string, text: string): void => {
    if (!allows(writable, path)) {
      post('missing', 'write', path);
      throw new ErrorBuiltIn(
        `${stage} writes ${path}, which is not among its outs, metrics or plots: add it to outs of ${stage} in dvc.yaml`,
      );
    }
    written += text.length - (mapHas(outs, path) ? mapGet(outs, path)!.length : 0);
    if (written > spec.outBytes) {
      throw new ErrorBuiltIn(`${stage} writes more than ${sizeOf(spec.outBytes)} in all: keep less`);
    }
    mapSet(outs, path, text);
  };

  return freeze({
    read(path: string): string {
      const own = mapGet(outs, path) ?? mapGet(files, path);
      if (own !== undefined) return own;
      const exists = contains(known, path);
      post('missing', exists ? 'read' : 'none', path);
      throw new ErrorBuiltIn(
        exists
          ? `${stage} reads ${path}, which is not among its deps: add it to deps of ${stage} in dvc.yaml`
          : `${stage} reads ${path}, but there is no such file${didYouMean(path, known)}`,
      );
    },
    write,
    params: () =>
      refuseUndeclared(parse(paramsJson), spec.undeclared, (key) => {
        post('missing', 'param', key);
        throw new ErrorBuiltIn(undeclaredSentence(stage, key));
      }),
    progress(share: number): void {
      const value = toNumber(share);
      if (!isFiniteNumber(value)) return;
      const percent = value <= 0 ? 0 : value >= 1 ? 100 : (value * 100) | 0;
      if (percent === reported || steps >= MOST_STEPS) return;
      reported = percent;
      steps++;
      post('progress', percent / 100);
    },
    tests: freeze({
      out: () => writable.find(isTestsOut),
      write,
      log: say,
      place: (stack: string) => placeIn(stack, (file) => (contains(known, file) ? file : undefined)),
      began: (name: string | undefined) => post('test', name ?? ''),
    }),
    log(values: readonly unknown[]): void {
      if (full) return;
      const texts: string[] = [];
      for (let i = 0; i < values.length && i < 100; i++) texts[i] = inspect(values[i]);
      say(join(texts, ' '));
    },
    end(): void {
      mapForEach(outs, (text, path) => post('out', path, text));
      post('end');
    },
  });
}

function sizeOf(bytes: number): string {
  const mb = bytes / 1024 / 1024;
  return mb >= 1 ? `${toText(floor(mb))} MB` : `${toText(bytes)} characters`;
}

function didYouMean(path: string, known: readonly string[]): string {
  const near = nearNames(slice(path, 0, 100), known, 1);
  return near.length > 0 ? `. Did you mean ${near[0]}?` : '';
}

function contains(list: readonly string[], item: string): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === item) return true;
  return false;
}

function allows(writable: readonly string[], path: string): boolean {
  for (let i = 0; i < writable.length; i++) {
    const allowed = writable[i]!;
    if (allowed === path) return true;
    if (charCodeAt(allowed, allowed.length - 1) === 47 && slice(path, 0, allowed.length) === allowed) return true;
  }
  return false;
}
