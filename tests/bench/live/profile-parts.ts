// A sampled profile in parts that somebody can act on: folders of ours, packages, the platform's own work by what it does.
import type { Profiler } from 'node:inspector/promises';

/** Milliseconds of the thread's own time, by part. */
export type Parts = Readonly<Record<string, number>>;

const IDLE = ['(idle)', '(root)'];
/** Taking the samples. */
const OWN = /^node:(internal\/)?inspector/;
const WRITES = /^(write|writev|writeBuffer|writeUtf8String|writeLatin1String)$/;

function partOf({ functionName, url }: Profiler.ProfileNode['callFrame']): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(program)') return 'event loop and native code';
  if (WRITES.test(functionName) && url === '') return 'writing to sockets';
  const packages = url.match(/node_modules\/(@[^/]+\/[^/]+|[^/]+)/g);
  if (packages) return packages.at(-1)!.replace('node_modules/', '');
  const folder = /\/((?:server|session-core)\/[\w-]+(?:\/views)?)/.exec(url)?.[1];
  if (folder) return folder;
  if (url.startsWith('node:')) return url.replace('node:internal/', 'node:');
  return url === '' ? `native ${functionName}` : 'other';
}

export function partsOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Parts {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parts: Record<string, number> = {};
  for (const [i, id] of samples.entries()) {
    const frame = byId.get(id)!.callFrame;
    if (IDLE.includes(frame.functionName) || OWN.test(frame.url)) continue;
    const part = partOf(frame);
    parts[part] = (parts[part] ?? 0) + (timeDeltas[i] ?? 0) / 1000;
  }
  return parts;
}
