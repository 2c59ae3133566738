// `crowd clone`: joins a session as a participant and makes a folder of its code, with all that the code needs to run.
// Invariant: the folder is new or empty; no file of it has a name that the session chose freely.
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { surroundingsRoute } from '#session-core/protocol/http-api/export-routes.ts';
import { joinRoute, sessionRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { filesRoute } from '#session-core/protocol/http-api/work-routes.ts';
import { folderNameOf } from '#session-core/text/folder-name.ts';
import type { Files } from '#session-core/text/patch.ts';
import { type Base, givenMark, writeBase } from '../folder/base.ts';
import { demandIds, keepMembership } from '../folder/membership.ts';
import { isNameBeside, nameFault, OWN, writePlainFile } from '../folder/safe-files.ts';
import { Failure, systemCode } from '../program/failure.ts';
import { shown } from '../program/output.ts';
import { readJoinLink } from '../server/address.ts';
import { ask } from '../server/http.ts';
import type { Command } from './context.ts';

export const clone: Command = async ({ words, options, output, folder }) => {
  const [link, wanted] = words;
  if (link === undefined)
    throw new Failure('usage', 'Which session? The join link is missing.', 'See: crowd clone --help');
  const given = typeof options.server === 'string' ? options.server : undefined;
  const { server, code } = readJoinLink(link, given);
  if (wanted !== undefined) demandEmpty(resolve(folder, wanted));
  const name = typeof options.name === 'string' ? { displayName: options.name } : {};
  const joined = await ask(server, joinRoute, { body: { code, ...name } });
  demandIds(joined);
  const { token, sessionId } = joined;
  const request = { params: { id: sessionId } };
  const { title } = await ask(server, sessionRoute, request, token);
  const [{ files: beside }, { revision, files }] = await Promise.all([
    ask(server, surroundingsRoute, request, token),
    ask(server, filesRoute, request, token),
  ]);
  const { participantId, displayName } = joined;
  const member = { server, sessionId, participantId, displayName, title, token };
  const root = makeFolder(wanted === undefined ? freeFolder(folder, title) : resolve(folder, wanted));
  let skipped: readonly string[];
  try {
    keepMembership(root, member);
    skipped = fill(root, beside, { revision, files });
  } catch (error) {
    // Half of a session runs nowhere, and would be in the way of the next attempt.
    for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
    throw error;
  }
  const where = wanted ?? root.slice(realpathSync(folder).length + 1);
  for (const path of skipped) output.note(`Left out, since no file here may have this name: ${shown(path)}`);
  output.line(`You are ${shown(joined.displayName)} in "${shown(title)}". Revision ${revision} is in ${shown(where)}.

  cd ${shown(where)}
  crowd run                        run the pipeline here
  crowd suggest "one sentence"     send what you changed${standsFor(root)}`);
  output.value({
    folder: root,
    sessionId,
    participantId: joined.participantId,
    displayName: joined.displayName,
    title,
    revision,
    skipped,
  });
  return 0;
};

/** Which names were left out. */
function fill(root: string, beside: Files, { revision, files }: Pick<Base, 'revision' | 'files'>): readonly string[] {
  const skipped: string[] = [];
  const besides = Object.keys(beside).filter((path) => {
    if (isNameBeside(path) && !Object.hasOwn(files, path)) return true;
    skipped.push(path);
    return false;
  });
  for (const path of besides) writePlainFile(root, path, beside[path]!);
  for (const [path, text] of Object.entries(files)) {
    if (nameFault(path) === null) writePlainFile(root, path, text);
    else skipped.push(path);
  }
  const given = Object.fromEntries(besides.map((path) => [path, givenMark(beside[path]!)]));
  writeBase(root, { revision, files, beside: besides, given });
  return skipped;
}

/** Whoever got one file and started it with Node has no command of this name. */
function standsFor(root: string): string {
  const program = process.argv[1] ?? '';
  return program.endsWith('.mjs')
    ? `\n\nThere, crowd stands for: node ${shown(relative(root, realpathSync(program)))}`
    : '';
}

function demandEmpty(path: string): void {
  let entries: string[];
  try {
    entries = readdirSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw new Failure('not_empty', `${path} is not a folder.`, 'Name another one.');
  }
  if (entries.length > 0)
    throw new Failure('not_empty', `${path} is not empty.`, 'Name a new folder: crowd clone <join link> <folder>');
}

function makeFolder(path: string): string {
  demandEmpty(path);
  mkdirSync(join(path, OWN), { recursive: true });
  // Whatever git is used in the folder, it leaves out what this program keeps.
  writeFileSync(join(path, OWN, '.gitignore'), '*\n');
  return realpathSync(path);
}

function freeFolder(folder: string, title: string): string {
  const name = folderNameOf(title);
  // A title may be the name of a device, such as "Con".
  const free = nameFault(name) === null ? name : 'session';
  for (let n = 1; ; n++) {
    const path = join(folder, free) + (n === 1 ? '' : `-${n}`);
    if (!existsSync(path)) return path;
  }
}
