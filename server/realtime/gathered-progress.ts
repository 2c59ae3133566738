// What runs say while they are under way, gathered: it comes in bursts, and a write to each of many sockets costs far more
// than its few bytes. The first after a pause goes at once, the others together, or with the next patch.
// Invariant: in the order in which it was said, and before every patch that came after it.
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import type { Said } from './broadcast.ts';

const GATHER_MS = 100;

export interface GatheredProgress<A> {
  say(message: ProgressMessage): void;
  /** What waits for this audience: the caller sends it now. */
  take(audience: A): readonly Said[];
}

export function gatherProgress<A>(
  audiences: readonly A[],
  send: (audience: A, said: readonly Said[]) => void,
): GatheredProgress<A> {
  const waiting = new Map<A, Said[]>(audiences.map((audience) => [audience, []]));
  let timer: NodeJS.Timeout | null = null;
  const take = (audience: A): readonly Said[] => {
    const said = waiting.get(audience) ?? [];
    waiting.set(audience, []);
    return said;
  };
  const flush = () => {
    for (const audience of audiences) {
      const said = take(audience);
      if (said.length > 0) send(audience, said);
    }
  };
  const pause = () => {
    timer = setTimeout(() => {
      timer = null;
      if ([...waiting.values()].every((said) => said.length === 0)) return;
      flush();
      pause();
    }, GATHER_MS).unref();
  };
  return {
    say(message) {
      for (const said of waiting.values()) said.push({ event: 'progress', body: message, volatile: true });
      if (timer !== null) return;
      flush();
      pause();
    },
    take,
  };
}
