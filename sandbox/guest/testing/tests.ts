// `test`: registers tests while the stage's file runs; afterwards they run one after another, and what came of them is
// an out of the stage, so that it is cached, exported and read like any other.
import { DEFAULT_TESTS_OUT } from '#pipeline-core/workspace/tests-out.ts';
import { stringify } from '../primordials.ts';

const MOST_TESTS = 1_000;
const MOST_NAME = 200;
const MOST_MESSAGE = 500;
/** The first that fail are described, all are counted. */
const MOST_FAILURES = 20;

export interface TestsHost {
  /** Path of the stage's out for its tests, undefined where it declares none. */
  out(): string | undefined;
  write(path: string, text: string): void;
  log(text: string): void;
  /** The innermost place of a stack that lies in the workspace. */
  place(stack: string): { readonly file: string; readonly line: number; readonly column: number } | undefined;
  /** The test begins; undefined: all have ended. */
  began(name: string | undefined): void;
}

type TestBody = () => unknown;
interface Registered {
  readonly name: string;
  readonly body: TestBody;
  readonly stack: string;
}

export interface Tests {
  readonly test: (name: string, body: TestBody) => void;
  /** Runs what was registered; undefined where there is none. Never rejects for a failing test. */
  run(): Promise<void> | undefined;
}

export function createTests(host: () => TestsHost): Tests {
  let registered: Registered[] = [];
  let running = false;
  const test = (name: string, body: TestBody): void => {
    if (typeof name !== 'string' || name === '' || typeof body !== 'function') {
      throw new TypeError(
        "test(name, body): name must be a text and body a function, such as test('adds', () => { ... })",
      );
    }
    if (running) throw new Error('A test cannot register another one: write each test(...) at the top of the file');
    // Without such an out this is refused, with the line that dvc.yaml lacks.
    if (host().out() === undefined) host().write(DEFAULT_TESTS_OUT, '');
    if (registered.length >= MOST_TESTS) throw new RangeError(`A stage runs at most ${MOST_TESTS} tests`);
    registered.push({ name: clipped(name, MOST_NAME), body, stack: String(new Error().stack) });
  };

  async function runAll(own: readonly Registered[], path: string): Promise<void> {
    running = true;
    let failed = 0;
    const failures: object[] = [];
    for (const { name, body, stack } of own) {
      host().began(name);
      try {
        await body();
      } catch (thrown) {
        failed++;
        const error = thrown instanceof Error ? thrown : null;
        const message = clipped(messageOf(thrown), MOST_MESSAGE);
        const at = (error && host().place(String(error.stack))) ?? host().place(stack);
        const where = at === undefined ? '' : ` (${at.file}:${at.line})`;
        host().log(`Failing test: ${name}${where}: ${message}`);
        if (failures.length < MOST_FAILURES) failures.push({ name, message, ...at });
      }
    }
    host().began(undefined);
    running = false;
    host().log(testsSentence(own.length - failed, own.length));
    host().write(path, `${stringify({ passed: own.length - failed, failed, failures }, null, 2)}\n`);
  }

  return {
    test,
    run() {
      const path = host().out();
      if (path === undefined || registered.length === 0) return undefined;
      const own = registered;
      registered = [];
      return runAll(own, path);
    },
  };
}

export const testsSentence = (passed: number, all: number): string =>
  `${passed} of ${all} ${all === 1 ? 'test passes' : 'tests pass'}`;

function messageOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return `threw ${String(thrown)}, which is no Error`;
    const { name, message } = thrown;
    return name === 'ExpectationError' || name === 'Error' || name === 'PipelineError'
      ? message
      : `${name}: ${message}`;
  } catch {
    return 'threw something that cannot be shown';
  }
}

const clipped = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
