// Frames between parent and child on one socket: lengths, a JSON header, then raw bytes (the texts of files).
// Invariant: the reader never buffers more than its limits, since the other end may be hostile; a frame that breaks
// them ends the connection.

export interface Frame {
  readonly header: unknown;
  readonly body: Buffer;
}

export interface FrameLimits {
  readonly headerBytes: number;
  readonly bodyBytes: number;
}

const LENGTHS = 8;

/** One frame as bytes: u32 header length, u32 body length, header, body. */
export function encodeFrame(header: object, bodies: readonly Uint8Array[] = []): Uint8Array[] {
  const head = Buffer.from(JSON.stringify(header));
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32LE(head.length, 0);
  lengths.writeUInt32LE(
    bodies.reduce((sum, body) => sum + body.length, 0),
    4,
  );
  return [lengths, head, ...bodies];
}

export interface FrameSink {
  /** All of it, in order. */
  send(parts: readonly Uint8Array[]): void;
}

export interface FrameSource {
  on(event: 'data', onData: (chunk: Buffer) => void): unknown;
}

export function sendFrame(line: FrameSink, header: object, bodies: readonly Uint8Array[] = []): void {
  line.send(encodeFrame(header, bodies));
}

export interface FrameHandlers {
  readonly onFrame: (frame: Frame) => void;
  /** The other end broke the limits or the form: nothing more will be read. */
  readonly onBreach: (reason: string) => void;
}

export function readFrames(line: FrameSource, limits: FrameLimits, { onFrame, onBreach }: FrameHandlers): void {
  let chunks: Buffer[] = [];
  let held = 0;
  let broken = false;
  const breach = (reason: string): void => {
    broken = true;
    chunks = [];
    onBreach(reason);
  };
  line.on('data', (chunk: Buffer) => {
    if (broken) return;
    chunks.push(chunk);
    held += chunk.length;
    for (;;) {
      if (held < LENGTHS) return;
      let first = chunks[0]!;
      if (first.length < LENGTHS) {
        first = Buffer.concat(chunks);
        chunks = [first];
      }
      const headLength = first.readUInt32LE(0);
      const bodyLength = first.readUInt32LE(4);
      if (headLength > limits.headerBytes) return breach(`a message of ${headLength} bytes`);
      if (bodyLength > limits.bodyBytes) return breach(`files of ${bodyLength} bytes`);
      const total = LENGTHS + headLength + bodyLength;
      if (held < total) return;
      const all = chunks.length === 1 ? first : Buffer.concat(chunks);
      const rest = all.subarray(total);
      chunks = rest.length > 0 ? [rest] : [];
      held = rest.length;
      let header: unknown;
      try {
        header = JSON.parse(all.toString('utf8', LENGTHS, LENGTHS + headLength));
      } catch {
        return breach('a message that is not JSON');
      }
      onFrame({ header, body: all.subarray(LENGTHS + headLength, total) });
      if (broken) return;
    }
  });
}

/** Texts packed behind one another; the header tells path and length of each. */
export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
}

/** Cuts a body back into its files; null where the lengths do not add up. */
export function unpack(files: readonly PackedFile[], body: Buffer): Map<string, Buffer> | null {
  const out = new Map<string, Buffer>();
  let at = 0;
  for (const { path, bytes } of files) {
    if (at + bytes > body.length) return null;
    out.set(path, body.subarray(at, at + bytes));
    at += bytes;
  }
  return at === body.length ? out : null;
}
