// One isolate: from the snapshot, with the three libraries as modules, for one stage or one predictor.
// Invariant: the only user of isolated-vm at run time. Nothing but callbacks that take plain values and copies crosses
// the bridge; no Reference, no ExternalCopy, no promise of the host.
import ivm from 'isolated-vm';
import { nearNames } from '#pipeline-core/core/errors.ts';
import type { StageSpec } from '../guest/stage.ts';
import type { AskTask, Failure } from '../protocol/messages.ts';
import { resolvedPath } from '../workspace/paths.ts';
import type { GuestLibrary } from './guest-library.ts';
import { failureOf, linkFailure, missingExport, placeOfImport } from './isolate-error.ts';
import { stripTypes } from './strip-types.ts';

export interface IsolateEvents {
  readonly onLog: (text: string) => void;
  readonly onProgress: (share: number) => void;
  /** The code runs now, on a thread of its own. */
  readonly onRunning: () => void;
}

export interface Program {
  readonly entry: string;
  /** TypeScript files the entry may import: path -> text. */
  readonly modules: ReadonlyMap<string, string>;
  readonly spec: StageSpec;
  readonly ms: number;
}

export interface Timing {
  /** Types stripped, modules compiled and joined. */
  readonly link: number;
  readonly run: number;
  /** Of the processor for both. */
  readonly cpu: number;
}

export type Outcome =
  | { readonly outs: ReadonlyMap<string, string>; readonly timing: Timing }
  | { readonly failure: Failure };

const END = 'runner:end';
const PREDICT = 'runner:predict';

/** A warm isolate. `open` once, then for a predictor `predict`. */
export class GuestIsolate {
  private readonly isolate: ivm.Isolate;
  private readonly context: ivm.Context;
  private readonly libraries: ReadonlyMap<string, ivm.Module>;
  private readonly library: GuestLibrary;
  private sources: ReadonlyMap<string, string> = new Map();

  private constructor(parts: {
    isolate: ivm.Isolate;
    context: ivm.Context;
    libraries: ReadonlyMap<string, ivm.Module>;
    library: GuestLibrary;
  }) {
    this.isolate = parts.isolate;
    this.context = parts.context;
    this.libraries = parts.libraries;
    this.library = parts.library;
  }

  /** @param onCatastrophe V8 has lost control: the process must end */
  static create(library: GuestLibrary, memoryMb: number, onCatastrophe: () => void): GuestIsolate {
    const isolate = new ivm.Isolate({
      memoryLimit: memoryMb,
      snapshot: snapshotOf(library),
      onCatastrophicError: onCatastrophe,
    });
    const context = isolate.createContextSync();
    const libraries = new Map<string, ivm.Module>();
    const add = (name: string, code: string): void => {
      const module = isolate.compileModuleSync(code, { filename: `library:${name}` });
      module.instantiateSync(context, () => {
        throw new Error('A library imports nothing');
      });
      module.evaluateSync();
      libraries.set(name, module);
    };
    for (const [name, exports] of Object.entries(library.exports)) add(name, libraryModule(name, exports));
    add(END, 'export const end = __runner.end;');
    add(PREDICT, 'export const serve = __runner.serve;');
    return new GuestIsolate({ isolate, context, libraries, library });
  }

  /** Before `runStage`: the runner runs the libraries on a table of its own, so that V8 knows them. */
  async rehearse(): Promise<void> {
    await this.context.evalClosure('__runner.rehearse()');
  }

  dispose(): void {
    if (!this.isolate.isDisposed) this.isolate.dispose();
  }

  /** Runs a stage from top to bottom. Resolves always, unless the code ignores its time limit. */
  async runStage(program: Program, events: IsolateEvents): Promise<Outcome> {
    const outs = new Map<string, string>();
    const entry = `import { end } from '${END}'; import '/${program.entry}'; await end();`;
    const ended = await this.run(program, entry, { ...events, onOut: (path, text) => outs.set(path, text) });
    return 'failure' in ended ? ended : { outs, timing: ended.timing };
  }

  /** Loads a module that exports `predict` and keeps it. */
  async openPredictor(program: Program, classes: readonly string[]): Promise<{ readonly failure: Failure } | null> {
    const entry = `import { serve } from '${PREDICT}'; import { end } from '${END}'; import { predict } from '/${program.entry}'; serve(predict, ${JSON.stringify(classes)}); end();`;
    const silent = { onLog: () => {}, onProgress: () => {}, onRunning: () => {}, onOut: () => {} };
    const ended = await this.run(program, entry, silent);
    return 'failure' in ended ? ended : null;
  }

  predict(rows: readonly object[], ms: number): Promise<readonly number[] | Failure> {
    return this.answers('return __predict($0)', { asked: rows, ms });
  }

  /** Rows that the isolate puts together from those it holds. */
  ask(asked: Pick<AskTask, 'rows' | 'questions'>, ms: number): Promise<readonly number[] | Failure> {
    return this.answers('return __ask($0)', { asked, ms });
  }

  private async answers(
    code: string,
    { asked, ms }: { readonly asked: unknown; readonly ms: number },
  ): Promise<readonly number[] | Failure> {
    try {
      const text: unknown = await this.context.evalClosure(code, [JSON.stringify(asked)], {
        timeout: ms,
        arguments: { copy: true },
        result: { copy: true },
      });
      const answer: unknown = JSON.parse(String(text));
      if (Array.isArray(answer)) return answer as number[];
      const message = String((answer as { error?: unknown }).error ?? 'predict gave no list');
      return failureOf(thrownInGuest(message.slice(0, 4_000)), this.sources);
    } catch (thrown) {
      return failureOf(thrown, this.sources);
    }
  }

  private async run(
    program: Program,
    entryCode: string,
    events: IsolateEvents & { readonly onOut: (path: string, text: string) => void },
  ): Promise<{ readonly timing: Timing } | { readonly failure: Failure }> {
    this.sources = program.modules;
    let ended = false;
    let missing: Failure['missing'];
    let test = '';
    const post = (kind: unknown, a: unknown, b: unknown): void => {
      if (kind === 'log' && typeof a === 'string') events.onLog(a);
      else if (kind === 'progress' && typeof a === 'number') events.onProgress(a);
      else if (kind === 'test' && typeof a === 'string') test = a.slice(0, 200);
      else if (kind === 'out' && typeof a === 'string' && typeof b === 'string') events.onOut(a, b);
      else if (
        kind === 'missing' &&
        (a === 'read' || a === 'write' || a === 'param' || a === 'none') &&
        typeof b === 'string'
      ) {
        missing = { kind: a, path: b.slice(0, 300) };
      } else if (kind === 'end') ended = true;
    };
    this.context.evalClosureSync('__runner.open($0, $1)', [
      new ivm.Callback(post),
      new ivm.ExternalCopy(program.spec).copyInto(),
    ]);
    const began = performance.now();
    const linked = await this.link(entryCode, program);
    if ('failure' in linked) return linked;
    const ready = performance.now();
    try {
      const evaluated = linked.entry.evaluate({ timeout: program.ms });
      events.onRunning();
      await evaluated;
    } catch (thrown) {
      const failure = failureOf(thrown, this.sources);
      const named = missing !== undefined && failure.message.includes(missing.path);
      return { failure: { ...failure, ...(named ? { missing } : {}), ...(test === '' ? {} : { test }) } };
    }
    if (!ended) return { failure: neverEnded(program, test) };
    const cpu = Number(this.isolate.cpuTime) / 1e6;
    const timing = { link: ready - began, run: performance.now() - ready, cpu };
    return { timing };
  }

  // Only what is imported is compiled: a half-typed file that nobody needs harms nobody.
  private async link(
    entryCode: string,
    program: Program,
  ): Promise<{ readonly entry: ivm.Module } | { readonly failure: Failure }> {
    // Promises: two files may ask for a third while it is being compiled, and it must run once.
    const modules = new Map<string, Promise<ivm.Module>>();
    const paths = new Map<ivm.Module, string>();
    let refused: Failure | null = null;
    const refuse = (failure: Failure): Error => {
      refused ??= failure;
      return new Error('refused');
    };
    const compiled = async (path: string): Promise<ivm.Module> => {
      const stripped = stripTypes(path, program.modules.get(path) ?? '');
      if ('message' in stripped) {
        const frame = { file: path, line: stripped.line, column: stripped.column };
        throw refuse({ kind: 'syntax', message: stripped.message, frames: [frame] });
      }
      const module = await this.isolate.compileModule(stripped.code, { filename: path });
      paths.set(module, path);
      return module;
    };
    const load = (path: string): Promise<ivm.Module> => {
      const loading = modules.get(path) ?? compiled(path);
      modules.set(path, loading);
      return loading;
    };
    try {
      const entry = await this.isolate.compileModule(entryCode, { filename: 'runner:entry' });
      await entry.instantiate(this.context, (specifier, referrer) => {
        const from = paths.get(referrer);
        const library =
          from === undefined || !specifier.startsWith('runner:') ? this.libraries.get(specifier) : undefined;
        if (library !== undefined) return library;
        const path = from === undefined ? specifier.slice(1) : resolvedPath(specifier, from);
        if ((from === undefined || specifier.startsWith('.')) && program.modules.has(path)) return load(path);
        throw refuse(refusal({ specifier, from: from ?? '', program, names: Object.keys(this.library.exports) }));
      });
      return { entry };
    } catch (thrown) {
      const named = missingExport(thrown, program.modules, this.library);
      return { failure: refused ?? named ?? failureOf(thrown, program.modules) };
    }
  }
}

let copied: { from: GuestLibrary; copy: ivm.ExternalCopy<ArrayBuffer> } | undefined;
function snapshotOf(library: GuestLibrary): ivm.ExternalCopy<ArrayBuffer> {
  if (copied?.from !== library) copied = { from: library, copy: new ivm.ExternalCopy(library.snapshot) };
  return copied.copy;
}

function libraryModule(name: string, exports: readonly string[]): string {
  const names = exports.filter((key) => key !== 'default');
  return `const library = __runner.libraries['${name}']; export const { ${names.join(', ')} } = library; export default library;`;
}

function neverEnded(program: Program, test: string): Failure {
  if (test !== '') return { kind: 'never', message: 'waits for something that never happens', frames: [], test };
  const message = `${program.spec.stage} waits for something that never happens: an \`await\` at the top of ${program.entry} never ends`;
  return { kind: 'never', message, frames: [] };
}

function refusal(what: { specifier: string; from: string; program: Program; names: readonly string[] }): Failure {
  const { specifier, from, program, names } = what;
  const frame = placeOfImport(new Map([[from, program.modules.get(from) ?? '']]), specifier);
  const { stage, known } = program.spec;
  if (!specifier.startsWith('.')) {
    const near = nearNames(specifier, names);
    const hint = near.length > 0 ? ` Did you mean '${near[0]}'?` : '';
    return linkFailure(
      `'${specifier}' cannot be imported: a stage imports ${names.join(', ')} and files of the workspace.${hint}`,
      frame,
    );
  }
  const path = resolvedPath(specifier, from);
  if (known.includes(path) && !path.endsWith('.ts')) {
    return linkFailure(
      `${path} is not code: only .ts files can be imported. Read it with readCsv, readJson or readText of 'workshop'`,
      frame,
    );
  }
  if (known.includes(path)) {
    const message = `${stage} imports ${path}, which is not among its deps: add it to deps of ${stage} in dvc.yaml`;
    return { ...linkFailure(message, frame), missing: { kind: 'import', path } };
  }
  if (known.includes(`${path}.ts`)) {
    return linkFailure(`There is no file ${path}: write the ending, '${specifier}.ts'`, frame);
  }
  const near = nearNames(path, known);
  return linkFailure(
    `There is no file ${path || specifier}${near.length > 0 ? `. Did you mean ${near[0]}?` : ''}`,
    frame,
  );
}

/** What `predict` threw, from the text of its stack. */
function thrownInGuest(stack: string): Error {
  const said = stack.split(/\n\s+at /, 1)[0] ?? stack;
  return Object.assign(new Error(said.replace(/^[A-Z][A-Za-z]{2,40}: /, '')), { stack });
}
