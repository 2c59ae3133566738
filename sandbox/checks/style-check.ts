// Format and lint of some files of a workspace: what the linter finds, and the files as they would be written.
import type { ToolEnd } from '../child-process/run-tool.ts';
import type { CodeFindings, FoundProblem } from '../protocol/code-check.ts';

type Style = CodeFindings['style'];
type Files = Readonly<Record<string, string>>;

/** Runs the linter with these arguments; `input`: the text of a file. */
export type Lint = (args: readonly string[], input?: string) => Promise<ToolEnd>;

const MOST_DIAGNOSTICS = 200;
const LONGEST_MESSAGE = 400;

export async function checkStyle(lint: Lint, files: Files, styled: readonly string[]): Promise<Style> {
  if (styled.length === 0) return { problems: [], formatted: {}, fixed: {} };
  const report = await lint(['check', '--reporter=json', `--max-diagnostics=${MOST_DIAGNOSTICS}`, ...styled]);
  if (report.ended !== 'exit') return { unchecked: report.ended === 'crash' ? 'ended' : report.ended };
  const diagnostics = diagnosticsOf(report.out);
  if (diagnostics === null) return { unchecked: 'ended' };
  const problems: FoundProblem[] = [];
  const badlyFormatted = new Set<string>();
  for (const { category, message, location } of diagnostics) {
    const { path, start } = location;
    if (!Object.hasOwn(files, path)) continue;
    if (category === 'format') badlyFormatted.add(path);
    else
      problems.push({
        file: path,
        line: Math.max(1, start.line),
        column: Math.max(1, start.column),
        code: category,
        message: message.slice(0, LONGEST_MESSAGE),
      });
  }
  const formatted: Record<string, string> = {};
  const fixed: Record<string, string> = {};
  for (const path of new Set([...badlyFormatted, ...problems.map(({ file }) => file)])) {
    const text = files[path] ?? '';
    // Without its text a file that is badly formatted would pass for a good one.
    const end = badlyFormatted.has(path) ? await rewrite(lint, ['format', path], { text, into: formatted }) : 'exit';
    if (end !== 'exit') return { unchecked: end === 'crash' ? 'ended' : end };
    // The fix is an offer: without it, what was found is reported all the same.
    if ((await rewrite(lint, ['check', path], { text, into: fixed })) === 'crash') return { unchecked: 'ended' };
  }
  problems.sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
  return { problems, formatted, fixed };
}

/** Without an answer the file stays as it is. */
async function rewrite(
  lint: Lint,
  [how, path]: readonly [string, string],
  { text, into }: { readonly text: string; readonly into: Record<string, string> },
): Promise<ToolEnd['ended']> {
  const done = await lint([how, '--write', `--stdin-file-path=${path}`], text);
  if (done.ended === 'exit' && done.out !== '' && done.out !== text) into[path] = done.out;
  return done.ended;
}

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: {
    readonly path: string;
    readonly start: { readonly line: number; readonly column: number };
  };
}

/** null: not a report. */
function diagnosticsOf(out: string): readonly Diagnostic[] | null {
  try {
    const { diagnostics } = JSON.parse(out) as { diagnostics?: unknown };
    return Array.isArray(diagnostics) ? diagnostics.filter(isDiagnostic) : null;
  } catch {
    return null;
  }
}

function isDiagnostic(value: unknown): value is Diagnostic {
  const { category, message, location } = (value ?? {}) as Partial<Diagnostic>;
  return (
    typeof category === 'string' &&
    typeof message === 'string' &&
    typeof location?.path === 'string' &&
    typeof location.start?.line === 'number' &&
    typeof location.start.column === 'number'
  );
}
