// Frames and messages as a hostile child may send them: nothing throws, nothing grows, nothing unknown gets through.
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, type Frame, readFrames, unpack } from '#sandbox/protocol/frames.ts';
import { parseChildMessage } from '#sandbox/protocol/messages.ts';

const LIMITS = { headerBytes: 1_000, bodyBytes: 2_000 };

async function received(chunks: readonly Uint8Array[]): Promise<{ frames: Frame[]; breaches: string[] }> {
  const socket = new PassThrough();
  const frames: Frame[] = [];
  const breaches: string[] = [];
  readFrames(socket, LIMITS, { onFrame: (frame) => frames.push(frame), onBreach: (reason) => breaches.push(reason) });
  for (const chunk of chunks) socket.write(chunk);
  await new Promise((resolve) => setImmediate(resolve));
  return { frames, breaches };
}

/** The same bytes in other pieces. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    if (at >= bytes.length) break;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  if (at < bytes.length) pieces.push(bytes.subarray(at));
  return pieces;
}

describe('frames', () => {
  const message = fc.record({ type: fc.string(), n: fc.integer() });
  const body = fc.uint8Array({ maxLength: 300 });
  it('come out as they went in, however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(message, body), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 200 }),
        async (sent, sizes) => {
          const bytes = Buffer.concat(sent.flatMap(([header, content]) => encodeFrame(header, [content])));
          const { frames, breaches } = await received(cut(bytes, sizes));
          expect(breaches).toEqual([]);
          expect(frames.map(({ header }) => header)).toEqual(sent.map(([header]) => header));
          expect(frames.map((frame) => [...frame.body])).toEqual(sent.map(([, content]) => [...content]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of any bytes at all end in frames or in one breach, never in a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 20 }), async (chunks) => {
        const { breaches } = await received(chunks);
        expect(breaches.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('that claim more than the limits are refused before they are read', async () => {
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32LE(1_001, 0);
    expect((await received([lengths])).breaches).toEqual(['a message of 1001 bytes']);
    lengths.writeUInt32LE(10, 0);
    lengths.writeUInt32LE(4_000_000_000, 4);
    expect((await received([lengths])).breaches).toEqual(['files of 4000000000 bytes']);
  });

  it('unpack only where the lengths add up', () => {
    const bytes = Buffer.from('abcdef');
    const pack = (...sizes: number[]) =>
      unpack(
        sizes.map((size, i) => ({ path: `f${i}`, bytes: size })),
        bytes,
      );
    expect([...pack(2, 4)!.values()].map(String)).toEqual(['ab', 'cdef']);
    expect(pack(2, 3)).toBeNull();
    expect(pack(2, 40)).toBeNull();
  });
});

describe('messages of a child', () => {
  it('are taken in their exact form only', () => {
    const done = { type: 'done', files: [{ path: 'a', bytes: 1 }], timing: { link: 1, run: 1, cpu: 1 } };
    expect(parseChildMessage(done)).toEqual(done);
    for (const wrong of [
      null,
      [],
      'done',
      { type: 'other' },
      { ...done, extra: 1 },
      { ...done, files: [{ path: 'a', bytes: -1 }] },
      { ...done, files: [{ path: 'x'.repeat(400), bytes: 1 }] },
      { ...done, timing: { link: Number.NaN, run: 1, cpu: 1 } },
      { type: 'log', lines: ['x'.repeat(5_000)] },
      { type: 'log', lines: Array(2_000).fill('x') },
      { type: 'progress', share: 7 },
      { type: 'predicted', id: 1, predictions: [1, null] },
      { type: 'predicted', id: 1, predictions: ['1'] },
      { type: 'failed', failure: { kind: 'user', message: 'x', frames: [] } },
      { type: 'failed', failure: { kind: 'run', message: 'x', frames: [{ file: 'a', line: 1.5, column: 1 }] } },
    ]) {
      expect(parseChildMessage(wrong)).toBeNull();
    }
  });
});
