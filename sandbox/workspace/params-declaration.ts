// The type of `params()` by a workspace's own params.yaml.
import type { ParamValue } from '#pipeline-core/workspace/params.ts';
import { readParams } from './workspace.ts';

/** null while params.yaml cannot be read: half a line is no reason to lose all completion. */
export function paramsDeclaration(paramsYaml: string): string | null {
  try {
    const body = typeText(readParams(paramsYaml), '  ');
    return `import 'workshop';\ndeclare module 'workshop' {\n  interface Params ${body}\n}\n`;
  } catch {
    return null;
  }
}

function typeText(value: ParamValue, indent: string): string {
  if (Array.isArray(value)) {
    const kinds = [...new Set(value.map((item: ParamValue) => typeText(item, indent)))];
    return `(${kinds.length > 0 ? kinds.join(' | ') : 'unknown'})[]`;
  }
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  const lines = Object.entries(value).map(
    ([key, inner]) => `${indent}  ${JSON.stringify(key)}: ${typeText(inner as ParamValue, `${indent}  `)};\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}
