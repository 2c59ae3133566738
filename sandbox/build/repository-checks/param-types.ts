// The type of `params()` for the compiler and for editors: params.yaml is everybody's, so it is made anew with each command.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { paramsDeclaration } from '../../workspace/params-declaration.ts';

/** Git ignores it, tsconfig.json includes it. */
const DECLARED = '.types/params.d.ts';

export function writeParamTypes(home: string): void {
  const text = paramsDeclaration(readFileSync(join(home, 'params.yaml'), 'utf8'));
  if (text === null) return;
  mkdirSync(dirname(join(home, DECLARED)), { recursive: true });
  writeFileSync(join(home, DECLARED), text);
}
