// What went wrong in an isolate, as a place in the workspace and a sentence for people.
// Invariant: a stack is cut at the isolate's boundary: no path of the host leaves the child.
import { nearNames } from '#pipeline-core/core/errors.ts';
import type { Failure } from '../protocol/messages.ts';
import type { GuestLibrary } from './guest-library.ts';
import { insteadOf } from './names-elsewhere.ts';

export type Sources = ReadonlyMap<string, string>;

/** @param thrown whatever came out of compile, instantiate or evaluate @param sources files of the workspace */
export function failureOf(thrown: unknown, sources: Sources): Failure {
  const { name, message, stack } = textsOf(thrown);
  const frames = framesOf(stack, sources);
  if (message.includes('not an instance of `Error`')) {
    return { kind: 'run', message: 'The stage threw something that is no Error: write `throw new Error(...)`', frames };
  }
  if (message.startsWith('Script execution timed out')) {
    return { kind: 'time', message: 'took too long', frames };
  }
  if (/memory limit|out of memory|Array buffer allocation failed|isolate (is|was) disposed/i.test(message)) {
    return { kind: 'memory', message: 'used too much memory', frames };
  }
  const placed = /^(.*) \[(.+):(\d+):(\d+)\]$/s.exec(message);
  if (placed !== null && sources.has(placed[2]!)) {
    const frame = { file: placed[2]!, line: Number(placed[3]), column: Number(placed[4]) };
    return { kind: 'syntax', message: clipped(`${name}: ${placed[1]}`), frames: [frame] };
  }
  const plain = name === 'Error' || name === 'PipelineError' ? message : `${name}: ${message}`;
  return { kind: 'run', message: clipped(withHint(plain)), frames };
}

export function linkFailure(message: string, frame: Failure['frames'][number] | null): Failure {
  return { kind: 'link', message: clipped(message), frames: frame === null ? [] : [frame] };
}

function clipped(text: string): string {
  return text.length > 3_900 ? `${text.slice(0, 3_900)}…` : text;
}

function textsOf(thrown: unknown): { name: string; message: string; stack: string } {
  if (thrown instanceof Error) {
    const stack = typeof thrown.stack === 'string' ? thrown.stack.slice(0, 20_000) : '';
    // A class of the participants' or the libraries' own arrives as Error; its name still heads the stack.
    const headed = /^([A-Z][A-Za-z]{2,40}): /.exec(stack);
    return { name: headed?.[1] ?? String(thrown.name), message: String(thrown.message), stack };
  }
  const shown = thrown == null ? String(thrown) : `the ${typeof thrown} ${String(thrown).slice(0, 500)}`;
  return { name: 'Error', message: `The stage threw ${shown}, which is no Error`, stack: '' };
}

function framesOf(stack: string, sources: Sources): Failure['frames'] {
  const frames: Failure['frames'] = [];
  for (const line of stack.split('\n')) {
    if (line.includes('<isolated-vm boundary>')) break;
    const match = /^\s+at (?:.{0,300}\()?([^()\s]{1,300}):(\d{1,9}):(\d{1,9})\)?$/.exec(line);
    if (match === null || !sources.has(match[1]!)) continue;
    frames.push({ file: match[1]!, line: Number(match[2]), column: Number(match[3]) });
    if (frames.length === 20) break;
  }
  return frames;
}

const ABSENT: Readonly<Record<string, string>> = {
  fetch: 'A stage has no network: its data comes from the files in `deps`',
  XMLHttpRequest: 'A stage has no network: its data comes from the files in `deps`',
  process: 'A stage has no process: settings come from `params()` of workshop',
  require: 'Use `import`; a stage imports danfojs, pipeline-core, workshop and files of the workspace',
  setTimeout: 'A stage has no timers: it computes, writes its outs and ends',
  setInterval: 'A stage has no timers: it computes, writes its outs and ends',
  performance: 'The clock stands still in a stage; the run strip tells how long each stage took',
  Buffer: 'A stage has no Buffer: use text, or typed arrays',
  window: 'A stage does not run in a browser',
  document: 'A stage does not run in a browser',
};

function withHint(message: string): string {
  const absent = /^ReferenceError: ([A-Za-z]+) is not defined$/.exec(message)?.[1];
  if (absent !== undefined && Object.hasOwn(ABSENT, absent)) return `${message}. ${ABSENT[absent]}`;
  if (message === 'Not supported') return 'import() is not available in a stage: use `import` at the top of the file';
  return message;
}

/** The sentence for V8's "does not provide an export named", with the line that asks for it. */
export function missingExport(
  thrown: unknown,
  sources: Sources,
  library: Pick<GuestLibrary, 'exports' | 'types'>,
): Failure | null {
  const match = /requested module '(.{1,300})' does not provide an export named '(.{1,200})'/.exec(
    textsOf(thrown).message,
  );
  if (match === null) return null;
  const [specifier, name] = [match[1]!, match[2]!];
  const frame = placeOfImport(sources, specifier, name);
  const values = library.exports[specifier];
  let hint = '';
  if (values !== undefined) {
    hint = libraryHint(name, specifier, { values, types: library.types[specifier] ?? [] });
  } else {
    const target = [...sources].find(([path]) => path.endsWith(specifier.replace(/^[./]+/, '')));
    const isType = target !== undefined && new RegExp(`\\b(?:type|interface)\\s+${escaped(name)}\\b`).test(target[1]);
    if (isType) hint = `. It is a type: write \`type ${name}\` in the import`;
    else if (target !== undefined) hint = exportHint(name, target[1]);
  }
  return linkFailure(`'${specifier}' has no export named ${name}${hint}`, frame);
}

function libraryHint(
  name: string,
  specifier: string,
  { values, types }: { values: readonly string[]; types: readonly string[] },
): string {
  if (types.includes(name)) return `. It is a type: write \`type ${name}\` in the import`;
  const instead = specifier === 'pipeline-core' ? insteadOf(name) : undefined;
  if (instead !== undefined) return `. Here it is ${instead}`;
  const plain = name.replaceAll('_', '').toLowerCase();
  const same = values.filter((value) => value.toLowerCase() === plain);
  const near = same.length > 0 ? same : nearNames(name, values);
  if (near.length > 0) return `. Did you mean ${near.join(' or ')}?`;
  const models = values.filter((value) => /(?:Regress(?:or|ion)|Ridge|ElasticNet|Classifier|SV[CR])$/.test(value));
  const some = specifier === 'pipeline-core' ? `Its models are ${models.join(', ')}` : `It has ${values.join(', ')}`;
  return `. ${some}; type \`import { } from '${specifier}'\` and let the editor complete the rest`;
}

function exportHint(name: string, source: string): string {
  const named = [...source.matchAll(/\bexport\s+(?:async\s+)?(?:const|let|function\*?|class)\s+([\w$]+)/g)];
  const near = nearNames(name, named.map((entry) => entry[1]!).slice(0, 200));
  return near.length > 0 ? `. Did you mean ${near.join(' or ')}?` : '';
}

/** Where a file of the workspace imports `specifier`, and `name` from it if given. */
export function placeOfImport(sources: Sources, specifier: string, name?: string): Failure['frames'][number] | null {
  for (const [file, source] of sources) {
    let at = Math.max(source.indexOf(`'${specifier}'`), source.indexOf(`"${specifier}"`));
    if (at === -1) continue;
    if (name !== undefined) {
      const from = source.lastIndexOf('import', at);
      const named = from === -1 ? -1 : source.slice(from, at).search(new RegExp(`\\b${escaped(name)}\\b`));
      if (named === -1) continue;
      at = from + named;
    }
    const before = source.slice(0, at);
    return { file, line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
  }
  return null;
}

function escaped(name: string): string {
  return name.replace(/[$^.*+?()[\]{}|\\]/g, '\\$&');
}
