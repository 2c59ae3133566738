// What the socket brings, in the order in which it came. A snapshot may come packed: opening it takes a moment, in which more
// arrives, and that waits. Invariant: what cannot be opened is not guessed; the page connects anew and asks for plain text.
import type { PackedSnapshot, Snapshot } from '#session-core/protocol/messages.ts';

export interface Arrivals {
  /** Whether packed snapshots can be opened here. */
  readonly canUnpack: () => boolean;
  snapshot<V, Y>(said: Snapshot<V, Y> | PackedSnapshot<Y>, take: (snapshot: Snapshot<V, Y>) => void): void;
  /** Calls at once, or when what came before it was taken. */
  other(take: () => void): void;
}

/** @param failed a packed snapshot could not be opened: nothing that waited is called any more */
export function createArrivals(failed: () => void): Arrivals {
  let can = canUnpackHere();
  let waiting: (() => void | Promise<void>)[] = [];
  let busy = false;
  async function work(): Promise<void> {
    busy = true;
    try {
      for (let call = waiting.shift(); call; call = waiting.shift()) {
        const opened = call();
        if (opened instanceof Promise) await opened;
      }
    } finally {
      busy = false;
    }
  }
  const other = (call: () => void | Promise<void>) => {
    waiting.push(call);
    if (!busy) void work();
  };
  return {
    canUnpack: () => can,
    other,
    snapshot: <V, Y>(said: Snapshot<V, Y> | PackedSnapshot<Y>, take: (snapshot: Snapshot<V, Y>) => void) =>
      other(() => {
        if (!isPacked(said)) return take(said);
        return unpacked<V, Y>(said).then(take, (error: unknown) => {
          console.warn('a packed snapshot could not be opened', error);
          can = false;
          waiting = [];
          failed();
        });
      }),
  };
}

function canUnpackHere(): boolean {
  try {
    return new DecompressionStream('deflate-raw') instanceof DecompressionStream;
  } catch {
    return false;
  }
}

const isPacked = <V, Y>(said: Snapshot<V, Y> | PackedSnapshot<Y>): said is PackedSnapshot<Y> =>
  said.view instanceof ArrayBuffer || ArrayBuffer.isView(said.view);

async function unpacked<V, Y>({ view, ...others }: PackedSnapshot<Y>): Promise<Snapshot<V, Y>> {
  const stream = new Blob([view]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return { ...others, view: (await new Response(stream).json()) as V };
}
