// TypeScript to JavaScript by blanking the types out: every line and column stays where it was.
// Invariant: what cannot be blanked (enum, namespace, parameter properties, `<T>x`) is refused with its place.
import amaro from 'amaro';

export type Stripped =
  | { readonly code: string }
  /** `line` and `column` from 1. */
  | { readonly message: string; readonly line: number; readonly column: number };

interface StripError {
  readonly code?: string;
  readonly message?: string;
  readonly startLine?: number;
  readonly startColumn?: number;
}

// The stages of a run import the same files; what was blanked once is blanked.
const done = new Map<string, Stripped>();
const MOST_KEPT = 200;

export function stripTypes(path: string, source: string): Stripped {
  const known = done.get(source);
  if (known !== undefined) return known;
  const stripped = strip(path, source);
  if (done.size >= MOST_KEPT) done.clear();
  done.set(source, stripped);
  return stripped;
}

/** Has the compiler compile itself: its functions are built when first used. */
export function warmStripper(): void {
  strip('warm.ts', WARM);
}

const WARM = `import { type A, b, type C } from './b.ts';
import * as all from './c.ts';
import type { D } from './d.ts';
export interface E<T extends object = {}> extends D { readonly a: T[]; b?: (x: number, ...rest: string[]) => void; [key: string]: unknown }
type F = { [K in keyof E]?: E[K] extends infer U ? U : never } & Record<'x' | 'y', number | null>;
const words = ['no', 'yes'] as const;
export const g = async <T,>(x: T, y = 1, { z, ...w }: { z?: number } = {}): Promise<T> => { await b(x!); return x as unknown as T; };
export class H<T> extends Array<T> implements A { static readonly n: number = 1; private m = 2; #p?: string; constructor(private_: string) { super(); this.#p = private_; } get q(): number { return this.m ?? 0; } async *r(): AsyncGenerator<T> { yield* this; } }
function i(this: void, a: number): asserts a is 1;
function i(a: unknown): void { for (const [k, v] of Object.entries(a as object)) { if (typeof v === 'number' && v > 1e3 || k in words) continue; else break; } }
let j: string | undefined = \`\${words[0]} \${all.x?.y?.[0] ?? 'z'}\`, k = /a+/g satisfies RegExp;
try { switch (k.flags) { case 'g': j = j!.replace(k, (m) => m.toUpperCase()); break; default: throw new Error('x', { cause: j }); } } catch (error) { console.log(error, new Map<string, C>(), [...words].map((w, n) => ({ w, n, [w]: n ** 2 }))); } finally { do { i(1); } while (false); }
declare const l: F;
enum_: for (let n = 0; n < 3; n++) { if (n === 1) continue enum_; }
export default { g, H, l, t: typeof j === 'string' ? +j : -1 };
`;

function strip(path: string, source: string): Stripped {
  try {
    return { code: amaro.transformSync(source, { mode: 'strip-only', filename: path }).code };
  } catch (thrown) {
    const error = thrown as StripError;
    return {
      message: sentence(String(error.message ?? thrown)),
      line: Math.max(1, error.startLine ?? 1),
      column: (error.startColumn ?? 0) + 1,
    };
  }
}

const TOO_DEEP = /memory access out of bounds|call stack size exceeded|recursion/i;

const REFUSED: readonly (readonly [string, string])[] = [
  ['TypeScript enum', 'An `enum` cannot run here: use a constant object, such as `const Level = { low: 1 } as const`'],
  ['namespace', 'A `namespace` cannot run here: use a module (a file of its own)'],
  ['parameter property', 'A parameter property cannot run here: declare the field and assign it in the constructor'],
  ['angle-bracket', 'A type assertion `<T>value` cannot run here: write `value as T`'],
  ['import equals', 'An `import x = ...` cannot run here: write `import x from ...`'],
];

function sentence(message: string): string {
  if (TOO_DEEP.test(message)) return 'This file is nested too deeply to be read: write it flatter';
  const refused = REFUSED.find(([part]) => message.includes(part));
  if (refused !== undefined) return refused[1];
  return `SyntaxError: ${message.split('. Expected')[0]}`;
}
