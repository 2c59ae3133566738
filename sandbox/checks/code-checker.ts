// Types, format and lint of workspaces, one after another in the background, sessions in turn.
// Invariant: a check begins only where no run waits or runs, or after it has waited its time; what was found is kept by the
// content that it was found in, a limit for a minute only; at most one program at a time is alive; who asks for the same
// content shares one check.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { NICENESS } from '../child-process/child-process.ts';
import type { Containment } from '../child-process/containment.ts';
import { runTool, type ToolEnd, type ToolSpawns } from '../child-process/run-tool.ts';
import type { CodeCheckJob, CodeFindings } from '../protocol/code-check.ts';
import { type CheckFolder, createCheckFolder, isCode } from './check-folder.ts';
import { checkStyle } from './style-check.ts';
import { findTools, type Tools } from './tools.ts';
import { COMPILER_ENVIRONMENT, compilerArguments, typeProblems } from './type-check.ts';

export interface CodeCheckerOptions extends ToolSpawns {
  readonly containment: Containment;
  /** Readable by the children, where the system's folder for such things is not. */
  readonly fallbackFolder: string;
  /** A run waits or runs. */
  readonly busy: () => boolean;
  readonly log: (line: string) => void;
  readonly tools?: Tools;
}

interface Waiting {
  readonly job: CodeCheckJob;
  readonly key: string;
  readonly since: number;
  readonly answer: (findings: CodeFindings) => void;
}

const TYPES = { processorMs: 5_000, timeMs: 20_000, memoryMb: 400, outBytes: 262_144 } as const;
const STYLE = { processorMs: 3_000, timeMs: 20_000, memoryMb: 300, outBytes: 1_048_576 } as const;
/** Of one session: another one's are not refused for it. */
const MOST_WAITING = 20;
/** A check that has waited for so long begins all the same, in the background. */
const LONGEST_WAIT_MS = 3_000;
const LOOK_MS = 40;
const KEPT = 200;
/** A limit depends on how busy the machine is as well: it is tried again, but not at each question. */
const LIMIT_KEPT_MS = 60_000;
/** Users of their own, apart from those of runs and of explanations. */
const FIRST_USER = 1_400;
const USERS = 100;
const NICE = '/usr/bin/nice';
const NOT_CHECKED: CodeFindings = { types: { unchecked: 'ended' }, style: { unchecked: 'ended' } };
const MISSING = { unchecked: 'missing' } as const;

interface Kept {
  readonly findings: CodeFindings;
  /** On the clock of `performance`. */
  readonly until: number;
}

export class CodeChecker {
  private readonly options: CodeCheckerOptions;
  private readonly tools: Tools;
  private readonly folder: CheckFolder | null;
  private readonly kept = new Map<string, Kept>();
  private waiting: Waiting[] = [];
  /** Sessions in the order of their last check, longest ago first. */
  private turns: string[] = [];
  private isWorking = false;
  private working: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();
  private users = 0;

  constructor(options: CodeCheckerOptions) {
    this.options = options;
    this.tools = options.tools ?? findTools();
    this.folder = this.readableFolder();
    for (const [name, path] of Object.entries(this.tools))
      if (path === null) options.log(`Code is not checked by the ${name}: it is not installed for this platform`);
    if (this.folder === null) options.log('Code is not checked: no folder can be read by the programs that check it');
  }

  check(job: CodeCheckJob): Promise<CodeFindings> {
    const key = keyOf(job);
    const known = this.known(key);
    if (known) return Promise.resolve(known);
    const others = this.waiting.filter((one) => one.job.sessionId === job.sessionId && one.key !== key);
    const isFull = new Set(others.map((one) => one.key)).size >= MOST_WAITING;
    if (this.abort.signal.aborted || isFull) return Promise.resolve(NOT_CHECKED);
    return new Promise((answer) => {
      this.waiting.push({ job, key, since: performance.now(), answer });
      if (!this.isWorking) {
        this.isWorking = true;
        this.working = this.work();
      }
    });
  }

  forget(sessionId: string): void {
    this.drop(({ job }) => job.sessionId === sessionId);
  }

  /** Ends what runs; resolves when it is gone. */
  async close(): Promise<void> {
    this.abort.abort();
    this.drop(() => true);
    await this.working;
    this.folder?.remove();
  }

  private drop(which: (waiting: Waiting) => boolean): void {
    const dropped = this.waiting.filter(which);
    this.waiting = this.waiting.filter((one) => !which(one));
    for (const { answer } of dropped) answer(NOT_CHECKED);
  }

  private async work(): Promise<void> {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      if (this.options.busy() && performance.now() - next.since < LONGEST_WAIT_MS) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
        continue;
      }
      const { job, key } = next;
      this.waiting = this.waiting.filter((one) => one !== next);
      let findings = NOT_CHECKED;
      this.turns = [...this.turns.filter((id) => id !== job.sessionId), job.sessionId].slice(-500);
      try {
        findings = this.known(key) ?? (await this.performAndKeep(key, job));
      } catch (error) {
        this.options.log(`Code could not be checked: ${(error as Error).message}`);
      }
      const same = this.waiting.filter((one) => one.key === key);
      this.waiting = this.waiting.filter((one) => one.key !== key);
      for (const { answer } of [next, ...same]) answer(findings);
    }
    // In the same step as the last look at the queue: what comes later starts anew.
    this.isWorking = false;
  }

  private next(): Waiting | undefined {
    const turn = ({ job }: Waiting): number => this.turns.indexOf(job.sessionId);
    return this.waiting.reduce<Waiting | undefined>(
      (best, one) => (best === undefined || turn(one) < turn(best) ? one : best),
      undefined,
    );
  }

  private known(key: string): CodeFindings | undefined {
    const known = this.kept.get(key);
    if (!known) return undefined;
    // The newest last: the oldest is forgotten first.
    this.kept.delete(key);
    if (known.until <= performance.now()) return undefined;
    this.kept.set(key, known);
    return known.findings;
  }

  private async performAndKeep(key: string, job: CodeCheckJob): Promise<CodeFindings> {
    const findings = await this.perform(job);
    const ends = [findings.types, findings.style].flatMap((one) => ('unchecked' in one ? [one.unchecked] : []));
    // What was ended by the server's own end, by the clock or by chance, is not what the content is like.
    if (!ends.includes('ended')) {
      const isLimit = ends.includes('time') || ends.includes('memory');
      this.keep(key, { findings, until: isLimit ? performance.now() + LIMIT_KEPT_MS : Number.POSITIVE_INFINITY });
    }
    return findings;
  }

  private keep(key: string, kept: Kept): void {
    this.kept.set(key, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
  }

  private async perform({ files, styled, language }: CodeCheckJob): Promise<CodeFindings> {
    if (this.folder === null) return { types: MISSING, style: MISSING };
    const home = await this.folder.put(files);
    try {
      const { compiler, linter } = this.tools;
      const types = compiler === null ? MISSING : await this.typesIn(home.path, { compiler, files, language });
      const style =
        linter === null
          ? MISSING
          : await checkStyle(
              (args, input) =>
                this.run(linter, args, {
                  ...STYLE,
                  cwd: home.path,
                  env: { RAYON_NUM_THREADS: '1' },
                  ...(input === undefined ? {} : { input }),
                }),
              files,
              styled.filter((path) => isCode(path) && Object.hasOwn(files, path)),
            );
      return { types, style };
    } finally {
      await home.remove();
    }
  }

  private async typesIn(
    cwd: string,
    { compiler, files, language }: Pick<CodeCheckJob, 'files' | 'language'> & { readonly compiler: string },
  ): Promise<CodeFindings['types']> {
    const end = await this.run(compiler, compilerArguments(language), { ...TYPES, cwd, env: COMPILER_ENVIRONMENT });
    if (end.ended === 'time' || end.ended === 'memory') return { unchecked: end.ended };
    const problems = end.ended === 'exit' ? typeProblems(end, files) : null;
    return problems === null ? { unchecked: 'ended' } : { problems };
  }

  private async run(
    program: string,
    args: readonly string[],
    limits: Pick<
      Parameters<typeof runTool>[0],
      'cwd' | 'env' | 'processorMs' | 'timeMs' | 'memoryMb' | 'outBytes' | 'input'
    >,
  ): Promise<ToolEnd> {
    const { spawn, containment } = this.options;
    const wrap = containment.wrap(FIRST_USER + (this.users++ % USERS), limits.memoryMb);
    const lowered = existsSync(NICE) ? [NICE, '-n', String(NICENESS.check)] : [];
    const command = [...lowered, ...wrap, program, ...args];
    return runTool({ ...limits, spawn, command, signal: this.abort.signal });
  }

  /** The system's folder for such things, or that of the build; null where the children can read neither. */
  private readableFolder(): CheckFolder | null {
    const { spawnSync, containment, fallbackFolder } = this.options;
    for (const parent of [tmpdir(), fallbackFolder]) {
      let folder: CheckFolder;
      try {
        folder = createCheckFolder(parent);
      } catch (error) {
        if (!['EACCES', 'EROFS', 'ENOENT'].includes((error as { code?: string }).code ?? '')) throw error;
        continue;
      }
      const [command = '', ...args] = [
        ...containment.wrap(FIRST_USER, TYPES.memoryMb),
        process.execPath,
        '-e',
        `require('fs').readdirSync(${JSON.stringify(folder.path)})`,
      ];
      if (spawnSync(command, args, { env: {}, cwd: '/' }).status === 0) return folder;
      folder.remove();
    }
    return null;
  }
}

/** README and such do not count. */
function keyOf({ files, styled, language }: CodeCheckJob): string {
  const read = Object.entries(files)
    .filter(([path]) => isCode(path) || path === 'params.yaml')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([read, [...styled].sort(), language]))
    .digest('hex');
}
