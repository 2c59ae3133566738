// The declarations of the three guest libraries, for the editor's completion and hover.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParamValue } from '#pipeline-core/workspace/params.ts';
import { readParams } from './workspace.ts';

/**
 * Path below node_modules -> text, such as 'workshop/index.d.ts'. Built by `build.ts`: throws where nothing is built.
 * @param paramsYaml the text of params.yaml: with it `params()` of workshop is typed by it
 */
export function guestTypes(paramsYaml?: string): Readonly<Record<string, string>> {
  const texts = JSON.parse(readFileSync(join(standingBuild(), 'guest-types.json'), 'utf8')) as Record<string, string>;
  const params = paramsYaml === undefined ? null : paramsDeclaration(paramsYaml);
  return params === null ? texts : { ...texts, 'workshop/params.d.ts': params };
}

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

/** The folder whose `node_modules` holds the three libraries for plain Node; copy it beside an exported workspace. */
export function outsideFolder(): string {
  return join(standingBuild(), 'outside');
}

/** Hash of the runtime and the libraries that runs are made with. */
export const guestLibrary = (): string => stampOf().key;

const DIST = join(import.meta.dirname, '../dist');
const stampOf = () => JSON.parse(readFileSync(join(DIST, 'stamp.json'), 'utf8')) as { folder: string; key: string };
const standingBuild = (): string => join(DIST, stampOf().folder);
