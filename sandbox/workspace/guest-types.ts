// The declarations of the three guest libraries, for the editor's completion and hover.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paramsDeclaration } from './params-declaration.ts';

/**
 * Path below node_modules -> text, such as 'workshop/index.d.ts'. Built by `build.ts`: throws where nothing is built.
 * @param paramsYaml the text of params.yaml: with it `params()` of workshop is typed by it
 */
export function guestTypes(paramsYaml?: string): Readonly<Record<string, string>> {
  const texts = JSON.parse(readFileSync(join(standingBuild(), 'guest-types.json'), 'utf8')) as Record<string, string>;
  const params = paramsYaml === undefined ? null : paramsDeclaration(paramsYaml);
  return params === null ? texts : { ...texts, 'workshop/params.d.ts': params };
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
