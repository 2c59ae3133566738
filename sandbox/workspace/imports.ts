// The imports at the head of a file, read from its text alone.
// Invariant: only what is certain. Reading begins at the first character and ends at the first thing that is neither a
// comment nor an import nor `export ... from`, so that no comment or string is ever taken for an import; what is
// further down is found when the stage links.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { addItemFix, pathsOut, quickFixFacts, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { resolvedPath, type Texts } from './paths.ts';

interface HeadImport {
  readonly specifier: string;
  /** Offset of the specifier's quote. */
  readonly at: number;
}

interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  readonly text: string;
  readonly at: number;
}

const MOST_TOKENS = 5_000;
const WORD = /[\p{L}\p{N}_$]+/uy;
const TEXT = /'[^'\n\\]*'|"[^"\n\\]*"/y;

/** What imports and exports are made of, up to the first thing that they are not made of. */
function headTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let at = source.startsWith('\uFEFF') ? 1 : 0;
  if (source.startsWith('#!', at)) at = lineEnd(source, at);
  while (at < source.length && tokens.length < MOST_TOKENS) {
    const char = source[at]!;
    if (/\s/.test(char)) at++;
    else if (source.startsWith('//', at)) at = lineEnd(source, at);
    else if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      if (end === -1) break;
      at = end + 2;
    } else if ('{},*;:'.includes(char)) tokens.push({ kind: 'mark', text: char, at: at++ });
    else {
      const text = char === "'" || char === '"';
      const pattern = text ? TEXT : WORD;
      pattern.lastIndex = at;
      const match = pattern.exec(source)?.[0];
      if (match === undefined) break;
      tokens.push({ kind: text ? 'text' : 'word', text: text ? match.slice(1, -1) : match, at });
      at += match.length;
    }
  }
  return tokens;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}

export function headImports(source: string): HeadImport[] {
  const tokens = headTokens(source);
  const found: HeadImport[] = [];
  const is = (at: number, text: string): boolean => tokens[at]?.kind !== 'text' && tokens[at]?.text === text;
  let at = 0;
  for (;;) {
    while (is(at, ';')) at++;
    const exported = is(at, 'export');
    if (!exported && !is(at, 'import')) return found;
    const first = at + 1;
    if (exported && !['*', '{', 'type'].some((text) => is(first, text))) return found;
    at = exported ? fromAt(first) : tokens[first]?.kind === 'text' ? at : fromAt(first);
    const specifier = at === -1 ? undefined : tokens[at + 1];
    if (specifier === undefined) return found;
    // `import type from './x.ts'` imports a value that is called type.
    const erased = is(first, 'type') && !is(first + 1, ',') && at !== first + 1;
    if (!erased) found.push({ specifier: specifier.text, at: specifier.at });
    at += 2;
    if (!is(at, 'with')) continue;
    while (at < tokens.length && !is(at, '}')) at++;
    at++;
  }

  /** Where the `from` of this statement is; -1 where it has none. */
  function fromAt(start: number): number {
    let depth = 0;
    for (let i = start; i < tokens.length; i++) {
      if (is(i, '{')) depth++;
      else if (is(i, '}')) depth--;
      else if (depth === 0 && is(i, 'from') && tokens[i + 1]?.kind === 'text') return i;
      else if (is(i, ';') || (depth === 0 && tokens[i]!.kind === 'text')) return -1;
      else if (depth === 0 && (is(i, 'import') || is(i, 'export'))) return -1;
    }
    return -1;
  }
}

/**
 * Refuses a stage that imports a file of the workspace which is not among its deps, before anything has run.
 * Throws PipelineError 'undeclared-import' with the place and the line that mends dvc.yaml.
 */
export function demandDeclaredImports(stages: readonly Stage[], files: Texts): void {
  const outs = new Set(stages.flatMap(pathsOut));
  for (const stage of stages) {
    if (stage.frozen) continue;
    const deps = new Set(stage.deps.map(({ path }) => path));
    const seen = new Set<string>();
    const open = [stage.entry];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file) || !Object.hasOwn(files, file)) continue;
      seen.add(file);
      for (const { specifier, at } of headImports(files[file]!)) {
        if (!specifier.startsWith('./') && !specifier.startsWith('../')) continue;
        const path = resolvedPath(specifier, file);
        if (deps.has(path)) open.push(path);
        else if (path.endsWith('.ts') && (Object.hasOwn(files, path) || outs.has(path))) {
          throw undeclared(stage, path, { file, before: files[file]!.slice(0, at) });
        }
      }
    }
  }
}

function undeclared(
  stage: Stage,
  path: string,
  { file, before }: { readonly file: string; readonly before: string },
): PipelineError {
  const message = `${stage.name} imports ${path}, which is not among its deps: add it to deps of ${stage.name} in dvc.yaml`;
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  const quickFix = quickFixFacts(addItemFix(stage, 'deps', path));
  return new PipelineError('undeclared-import', message, { file, line, column, stage: stage.name, ...quickFix });
}
