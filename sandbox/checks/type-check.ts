// The workspace as a whole under the compiler: what it says, as places and codes.
import type { FoundProblem } from '../protocol/code-check.ts';

/** One thread: it shares the machine with runs that somebody waits for. */
export const compilerArguments = (language: string): readonly string[] => [
  '--project',
  'tsconfig.json',
  '--pretty',
  'false',
  '--singleThreaded',
  '--locale',
  language,
];
/** It collects garbage only where memory comes to an end: a check of a usual workspace is over before, a quarter sooner. */
export const COMPILER_ENVIRONMENT = { GOMAXPROCS: '1', GOGC: 'off', GOMEMLIMIT: '256MiB' } as const;

const LONGEST_MESSAGE = 400;
const LINE = /^(?<file>[^\s(][^(\n]*)\((?<line>\d+),(?<column>\d+)\): error (?<code>TS\d+): (?<message>.*)$/gm;

/**
 * Of the workspace's own files; what a file of the libraries has is not the participants' affair. null: it failed without
 * naming an error, so that nobody knows what it would have found.
 */
export function typeProblems(
  { code: exitCode, out }: { readonly code: number; readonly out: string },
  files: Readonly<Record<string, string>>,
): readonly FoundProblem[] | null {
  const lines = [...out.matchAll(LINE)];
  if (exitCode !== 0 && lines.length === 0) return null;
  return lines.flatMap(({ groups = {} }) => {
    const { file = '', line, column, code = '', message = '' } = groups;
    if (!Object.hasOwn(files, file)) return [];
    return [{ file, line: Number(line), column: Number(column), code, message: message.slice(0, LONGEST_MESSAGE) }];
  });
}
