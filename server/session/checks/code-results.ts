// What the compiler and the linter found, as results of a patch: without what the code has anyway, and of format and lint
// only what is on lines that the patch changes. And the patch as the formatter writes those lines.
import type { CodeFindings, FoundProblem } from '#sandbox/index.ts';
import type { CodeCheck, CodeChecks, CodeProblem, WhyUnchecked } from '#session-core/model/checks.ts';
import { applyHunks, type Files, hunksOf } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';

/** With what the compiler or the linter says of it, which is kept nowhere. */
export type ReportedProblem = CodeProblem & { readonly message: string };

type Reported = { readonly [K in keyof CodeChecks]: CodeCheck & { readonly problems?: readonly ReportedProblem[] } };

export interface CodeResults {
  readonly checks: Reported;
  /** The files as they would be after the fix; null: nothing is to be fixed. */
  readonly fixed: Files | null;
  /** The files that the fix changes, as they would be written from the first line to the last. */
  readonly whole: Files;
}

const SHOWN = 20;
const FORMAT = 'format';

/** Lines of a file, both ends included, from 1. */
type Lines = readonly (readonly [from: number, to: number])[];

/** Of `after`, those that are new or different. */
function changedLines(before: string | null, after: string): Lines {
  let shift = 0;
  return hunksOf(before, after).flatMap(({ fromLine, removed, added }) => {
    const from = fromLine + shift;
    shift += added.length - removed.length;
    return added.length > 0 ? [[from, from + added.length - 1] as const] : [];
  });
}

const touches = (lines: Lines, from: number, to: number): boolean =>
  lines.some(([first, last]) => from <= last && first <= to);

/** `before`: null where the code itself is looked at, not a patch of it. */
export function codeResults(
  findings: CodeFindings,
  {
    before,
    after,
    known,
  }: { readonly before: Files | null; readonly after: Files; readonly known: CodeFindings | null },
): CodeResults {
  const { style } = findings;
  if ('unchecked' in style)
    return {
      checks: { types: typesOf(findings, known), style: uncheckedFor(style.unchecked) },
      fixed: null,
      whole: {},
    };
  const linesOf = new Map(
    Object.entries(after).map(([path, text]) => [path, changedLines(before && (own(before, path) ?? null), text)]),
  );
  const everywhere: Lines = [[1, Number.MAX_SAFE_INTEGER]];
  const of = (path: string): Lines => (before === null ? everywhere : (linesOf.get(path) ?? []));
  const mended = (texts: Files) =>
    Object.entries(texts).flatMap(([path, text]) => {
      const now = own(after, path) ?? '';
      // Each as a whole: the formatter moves operators and commas from one line of it to the next.
      const hunks = hunksOf(now, text).filter(({ fromLine, removed }) =>
        touches(of(path), fromLine, fromLine + Math.max(1, removed.length) - 1),
      );
      return hunks.length > 0 ? [{ path, now, hunks }] : [];
    });
  const fixes = mended(style.fixed);
  const isFixed = (file: string, line: number): boolean =>
    fixes.some(
      ({ path, hunks }) =>
        path === file &&
        hunks.some(({ fromLine, removed }) => fromLine <= line && line < fromLine + Math.max(1, removed.length)),
    );
  const lint = style.problems
    .filter(({ file, line }) => touches(of(file), line, line))
    .map((problem) => ({ ...problem, ...(isFixed(problem.file, problem.line) ? { fix: true as const } : {}) }));
  const format = mended(style.formatted).flatMap(({ path, hunks }) =>
    hunks.map(({ fromLine }): ReportedProblem => {
      const [first] = of(path).find(([, last]) => fromLine <= last) ?? [fromLine];
      const line = Math.max(first, fromLine);
      return { file: path, line, column: 1, code: FORMAT, message: '', fix: true };
    }),
  );
  const fixed: Record<string, string> = { ...after };
  for (const { path, now, hunks } of fixes) {
    const done = applyHunks(now, hunks);
    if (done.ok && done.value !== null) fixed[path] = done.value;
  }
  const checks = { types: typesOf(findings, known), style: found([...format, ...lint], 0) };
  const whole = Object.fromEntries(fixes.map(({ path }) => [path, style.fixed[path] ?? '']));
  return { checks, fixed: fixes.length > 0 ? fixed : null, whole };
}

function typesOf({ types }: CodeFindings, base: CodeFindings | null): Reported['types'] {
  if ('unchecked' in types) return uncheckedFor(types.unchecked);
  // Without what the code has anyway nobody knows which of them are the patch's.
  if (base && 'unchecked' in base.types && types.problems.length > 0) return uncheckedFor(base.types.unchecked);
  const left = new Map<string, number>();
  const keyOf = ({ file, code, message }: FoundProblem): string => JSON.stringify([file, code, message]);
  if (base && 'problems' in base.types)
    for (const problem of base.types.problems) left.set(keyOf(problem), (left.get(keyOf(problem)) ?? 0) + 1);
  // By what it says, not by its line: the patch moves lines.
  const isKnown = (problem: FoundProblem): boolean => {
    const count = left.get(keyOf(problem)) ?? 0;
    left.set(keyOf(problem), count - 1);
    return count > 0;
  };
  const added = types.problems.filter((problem) => !isKnown(problem));
  return found(added, types.problems.length - added.length);
}

const uncheckedFor = (why: WhyUnchecked) => ({ result: 'unchecked', why }) as const;

const found = (problems: readonly ReportedProblem[], known: number) => ({
  result: problems.length > 0 ? ('failed' as const) : ('passed' as const),
  problems: problems.slice(0, SHOWN),
  count: problems.length,
  ...(known > 0 ? { known } : {}),
});

/** As it is recorded: messages are made again where they are read. */
export function recorded({ types, style }: Reported): CodeChecks {
  const silent = (check: Reported['types']): CodeCheck =>
    check.result === 'unchecked'
      ? check
      : {
          ...check,
          problems: check.problems.map(({ file, line, column, code, fix }) => ({
            file,
            line,
            column,
            code,
            ...(fix ? { fix } : {}),
          })),
        };
  return { types: silent(types), style: silent(style) };
}
