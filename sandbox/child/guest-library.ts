// The built guest libraries as the child loads them: the snapshot's bytes and the names each library exports.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GuestLibrary {
  readonly snapshot: ArrayBuffer;
  readonly exports: Readonly<Record<string, readonly string[]>>;
  /** Names of types that each library declares. */
  readonly types: Readonly<Record<string, readonly string[]>>;
}

/** @param dist the folder `build.ts` fills */
export function loadLibrary(dist: string): GuestLibrary {
  const bytes = readFileSync(join(dist, 'guest.snapshot'));
  const snapshot = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const stamp = JSON.parse(readFileSync(join(dist, 'stamp.json'), 'utf8')) as Pick<GuestLibrary, 'exports' | 'types'>;
  return { snapshot, exports: stamp.exports, types: stamp.types };
}
