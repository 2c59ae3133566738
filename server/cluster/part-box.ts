// The large parts of what is sent to workers: tables, hold-out rows, targets of visible rows. Each is sent to a worker once, and
// named by its hash from then on. Invariant: a part is hashed and turned into bytes once, not for each run.
import { createHash } from 'node:crypto';
import type { Parts } from '#sandbox/index.ts';

const MOST_BYTES = 128 * 1024 * 1024;

interface Part {
  readonly sha256: string;
  readonly bytes: Buffer;
}

export interface PartBox {
  /** What `make` names goes along as bodies, but for what the receiver holds; it holds that from now on. */
  packed(
    held: Set<string>,
    make: (parts: Parts) => object,
  ): { readonly message: object; readonly bodies: readonly Uint8Array[] };
}

export function createPartBox(): PartBox {
  /** Used last at the end. */
  const texts = new Map<string, Part>();
  let bytesOfTexts = 0;
  const objects = new WeakMap<object, Part>();
  const partOf = (text: string): Part => {
    const bytes = Buffer.from(text);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  };

  function ofText(text: string): Part {
    const part = texts.get(text) ?? partOf(text);
    if (texts.delete(text)) bytesOfTexts -= part.bytes.length;
    texts.set(text, part);
    bytesOfTexts += part.bytes.length;
    for (const [oldest, { bytes }] of texts) {
      if (bytesOfTexts <= MOST_BYTES || oldest === text) break;
      texts.delete(oldest);
      bytesOfTexts -= bytes.length;
    }
    return part;
  }
  function ofObject(value: object): Part {
    const part = objects.get(value) ?? partOf(JSON.stringify(value));
    objects.set(value, part);
    return part;
  }

  return {
    packed(held, make) {
      const sent: Part[] = [];
      const named = (part: Part) => {
        if (!held.has(part.sha256)) sent.push(part);
        held.add(part.sha256);
        return part.sha256;
      };
      const message = make({ text: (text) => named(ofText(text)), json: (value) => named(ofObject(value)) });
      const parts = sent.map(({ sha256, bytes }) => ({ sha256, bytes: bytes.length }));
      return { message: { ...message, parts }, bodies: sent.map(({ bytes }) => bytes) };
    },
  };
}
