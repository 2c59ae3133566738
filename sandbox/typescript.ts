// TypeScript to JavaScript by blanking the types out: every line and column stays where it was.
// Law: what cannot be blanked (enum, namespace, parameter properties, `<T>x`) is refused with its place.
// RUNS IN child
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

export function stripTypes(path: string, source: string): Stripped {
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

const REFUSED: readonly (readonly [string, string])[] = [
  ['TypeScript enum', 'An `enum` cannot run here: use a constant object, such as `const Level = { low: 1 } as const`'],
  ['namespace', 'A `namespace` cannot run here: use a module (a file of its own)'],
  ['parameter property', 'A parameter property cannot run here: declare the field and assign it in the constructor'],
  ['angle-bracket', 'A type assertion `<T>value` cannot run here: write `value as T`'],
  ['import equals', 'An `import x = ...` cannot run here: write `import x from ...`'],
];

function sentence(message: string): string {
  const refused = REFUSED.find(([part]) => message.includes(part));
  if (refused !== undefined) return refused[1];
  return `SyntaxError: ${message.split('. Expected')[0]}`;
}
