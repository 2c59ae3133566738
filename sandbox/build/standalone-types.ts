// Strips the types of TypeScript modules for a Node that does not: a hook of Node's loader.
// Invariant: what the sandbox strips, and as it does: every line and column stays where it was.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripTypes } from '../child/strip-types.ts';

type Next = (url: string, context: object) => Promise<object>;

export async function load(url: string, context: object, next: Next): Promise<object> {
  if (!url.startsWith('file:') || !new URL(url).pathname.endsWith('.ts')) return next(url, context);
  const path = fileURLToPath(url);
  const stripped = stripTypes(path, readFileSync(path, 'utf8'));
  if ('code' in stripped) return { format: 'module', source: stripped.code, shortCircuit: true };
  throw new SyntaxError(`${path}:${stripped.line}:${stripped.column}: ${stripped.message}`);
}
