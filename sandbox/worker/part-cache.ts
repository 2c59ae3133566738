// The large parts of calls that this worker has: tables, hold-out rows, targets of the visible rows. Every run of a session
// brings the same ones, so they are sent once.
// Invariant: what a line was promised stays readable for it, whatever is forgotten meanwhile.
import type { Unpack } from '../protocol/fleet.ts';

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_PARTS = 24;

interface Part {
  readonly text: string;
  readonly bytes: number;
  /** Parsed once, so that whatever is worked out for an object is found again. */
  value?: unknown;
}

/** The parts that one line may name. */
export interface LineParts extends Unpack {
  readonly held: readonly string[];
  /** Takes the bodies of a frame; throws where they do not add up. */
  take(listed: readonly { readonly sha256: string; readonly bytes: number }[], body: Buffer): void;
}

export class PartCache {
  /** Used last at the end. */
  private readonly parts = new Map<string, Part>();

  forLine(): LineParts {
    const own = new Map(this.parts);
    const read = (sha256: string): Part => {
      const part = own.get(sha256);
      if (part === undefined) throw new Error('a part of the call was not sent');
      this.keep(sha256, part);
      return part;
    };
    return {
      held: [...own.keys()],
      take: (listed, body) => {
        let at = 0;
        for (const { sha256, bytes } of listed) {
          const end = at + bytes;
          if (end > body.length) throw new Error('the parts of a call do not add up');
          own.set(sha256, { text: body.toString('utf8', at, end), bytes });
          at = end;
        }
      },
      text: (sha256) => read(sha256).text,
      json: <T>(sha256: string): T => {
        const part = read(sha256);
        part.value ??= JSON.parse(part.text);
        return part.value as T;
      },
    };
  }

  private keep(sha256: string, part: Part): void {
    this.parts.delete(sha256);
    this.parts.set(sha256, part);
    let bytes = [...this.parts.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [oldest, { bytes: freed }] of this.parts) {
      if (bytes <= MOST_BYTES && this.parts.size <= MOST_PARTS) break;
      this.parts.delete(oldest);
      bytes -= freed;
    }
  }
}
