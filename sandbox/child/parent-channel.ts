// The child's end of the line to its parent: descriptor 3, read by one waiting call at a time and written at once.
// Invariant: when the line ends or breaks, so does the child. Why not node:net: loading it costs a twelfth of a second's
// start, and a child needs one descriptor only.
import { read, writeSync } from 'node:fs';
import type { FrameSink, FrameSource } from '../protocol/frames.ts';

const FD = 3;
const CHUNK = 64 * 1024;

export function openParentLine(onEnd: () => void): FrameSource & FrameSink {
  let listener: (chunk: Buffer) => void = () => {};
  const listen = (): void => {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    read(FD, chunk, 0, CHUNK, null, (error, bytes) => {
      if (error !== null || bytes === 0) return onEnd();
      listener(chunk.subarray(0, bytes));
      listen();
    });
  };
  return {
    on(_event, onData) {
      listener = onData;
      listen();
    },
    send(parts) {
      for (const part of parts) {
        for (let at = 0; at < part.length; ) at += writeSync(FD, part, at);
      }
    },
  };
}
