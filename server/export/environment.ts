// What a run was made with: the runtime, the libraries, its seeds, and what it read and wrote, as dvc.lock.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guestLibrary, lockOf, paramTexts } from '#sandbox/index.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import type { SessionReadings } from '../session/session-api.ts';

const LIBRARIES = ['danfojs', 'pipeline-core', 'workshop'] as const;

interface Library {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
}

/** By folder: they do not change while the server runs. */
const readBefore = new Map<string, readonly Library[]>();

/** @param outside folder whose node_modules hold the libraries, as the exported repository has them */
export async function environmentOf(session: SessionReadings, run: RunView, outside: string) {
  const read = await session.files(run.revision);
  const report = await session.report(run.id, 'page');
  const task = own(session.state().runs, run.id)?.task;
  const outs = report?.lockedOuts;
  const params = read === null ? {} : paramTexts(read.files['params.yaml'] ?? '');
  const libraries = readBefore.get(outside) ?? LIBRARIES.map((name) => libraryOf(outside, name));
  readBefore.set(outside, libraries);
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform}-${process.arch}`,
    library: guestLibrary(),
    libraries,
    seeds: Object.entries(params).flatMap(([key, value]) => (/(?:^|\.)seed$/.test(key) ? [{ key, value }] : [])),
    lock: read === null || outs === undefined ? null : lockOf({ files: read.files, data: session.tables(task), outs }),
  };
}

function libraryOf(outside: string, name: string): Library {
  const folder = join(outside, 'node_modules', name);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return {
    name,
    version,
    sha256: createHash('sha256')
      .update(readFileSync(join(folder, 'index.js')))
      .digest('hex'),
  };
}
