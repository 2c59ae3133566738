// How much work a call makes, counted and not timed: functions and blocks as the engine counts them, and the elements
// that go through the built-in methods of arrays and iterators, which it does not. To be imported before what is counted:
// blocks are counted in code that is compiled later.
import { type Profiler, Session } from 'node:inspector';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** Steps that this thread takes until `call` has ended. */
export async function countSteps(call: () => unknown): Promise<number> {
  let elements = 0;
  const restore = countElements((more) => {
    elements += more;
  });
  try {
    takeCounts();
    await call();
    return takeCounts() + elements;
  } finally {
    restore();
  }
}

/** What was counted since the last time. */
function takeCounts(): number {
  let sum = 0;
  session.post(
    'Profiler.takePreciseCoverage',
    (error: Error | null, counted: Profiler.TakePreciseCoverageReturnType) => {
      if (error) throw error;
      for (const { url, functions } of counted.result)
        if (!url.includes('count-steps'))
          for (const { ranges } of functions) for (const { count } of ranges) sum += count;
    },
  );
  return sum;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

const BY_LENGTH: readonly string[] =
  'concat every filter find findIndex findLast flatMap forEach includes indexOf join map reduce reverse slice some sort splice toSorted'.split(
    ' ',
  );

function countElements(count: (more: number) => void): () => void {
  const undo: (() => void)[] = [];
  const replace = (owner: object, name: string, make: (real: Method) => Method) => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    if (!before) throw new Error(`nothing is called ${name}`);
    Object.defineProperty(owner, name, { ...before, value: make(before.value as Method) });
    undo.push(() => Object.defineProperty(owner, name, before));
  };
  const byLength = (real: Method): Method =>
    function (...args) {
      count((this as unknown[]).length);
      return real.apply(this, args);
    };
  const oneByOne = (real: Method): Method =>
    function (...args) {
      count(1);
      return real.apply(this, args);
    };
  for (const name of BY_LENGTH) replace(Array.prototype, name, byLength);
  for (const iterable of [[], new Map(), new Set()])
    replace(Object.getPrototypeOf(iterable[Symbol.iterator]()) as object, 'next', oneByOne);
  return () => {
    for (const one of undo.reverse()) one();
  };
}
