// One simulated person on a cluster: connects again as a page does, and sends each command until it is answered.
import { io, type Socket } from 'socket.io-client';
import { applyPatch } from '#session-core/protocol/messages.ts';
import { unpackPatch } from '#session-core/protocol/patch-wire.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { pause } from './nodes.ts';

/** For now: sent again with the same id. */
const FOR_NOW = ['rate_limited', 'busy', 'storage_unavailable'];

export interface Entry {
  readonly sessionId: string;
  readonly participantId: string;
  readonly token: string;
}
interface Answer {
  readonly ok: boolean;
  readonly about?: string;
  readonly rejection?: { readonly code: string };
}

export class Person {
  readonly socket: Socket;
  /** As acknowledged: suggestion -> have I voted for it. */
  readonly acknowledged = new Map<string, boolean>();
  readonly refusals = new Set<string>();
  view: PublicView | null = null;
  /** When it had its session again, and when a command was acknowledged, after the last `forget`. */
  backAt = 0;
  ackedAt = 0;
  #seq = 0;
  #n = 0;
  readonly #follows: boolean;

  constructor(url: string, entry: Entry, options: { tab: string; polling?: boolean; follows?: boolean }) {
    this.#follows = options.follows ?? false;
    this.socket = io(url, {
      path: '/socket',
      query: { session: entry.sessionId },
      transports: [options.polling ? 'polling' : 'websocket'],
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      randomizationFactor: 0.5,
      auth: { sessionId: entry.sessionId, token: entry.token, tab: options.tab },
      extraHeaders: { authorization: `Bearer ${entry.token}` },
    });
    this.socket.on('snapshot', ({ view, seq }) => {
      this.view = view;
      this.#seq = seq;
      if (this.backAt === 0) this.backAt = performance.now();
    });
    this.socket.on('patch', (packed) => {
      const patch = unpackPatch(packed);
      if (this.view && patch.from === this.#seq) {
        // Three hundred copies of the view would be the test's own load: most people only count.
        if (this.#follows) this.view = applyPatch(this.view, patch);
        this.#seq = patch.seq;
      } else if (patch.seq > this.#seq) this.socket.emit('resync', { seq: this.#seq });
    });
    this.socket.on('connect_error', () => {
      if (!this.socket.active) setTimeout(() => this.socket.connect(), 500);
    });
  }

  forget(): void {
    this.backAt = 0;
    this.ackedAt = 0;
  }

  async say(command: Readonly<Record<string, unknown>>, going = () => true): Promise<Answer | null> {
    const message = { id: `crowd-${Math.random().toString(36).slice(2, 10)}-${this.#n++}`, ...command };
    while (going()) {
      if (!this.socket.connected) {
        await pause(20);
        continue;
      }
      const ack: Answer | null = await this.socket
        .timeout(3_000)
        .emitWithAck('command', message)
        .catch(() => null);
      if (ack?.ok === false) this.refusals.add(ack.rejection?.code ?? '');
      if (ack?.ok === false && FOR_NOW.includes(ack.rejection?.code ?? '')) await pause(250);
      else if (ack) {
        if (this.ackedAt === 0) this.ackedAt = performance.now();
        return ack;
      }
    }
    return null;
  }

  async vote(suggestion: string, everyMs: number, going: () => boolean): Promise<void> {
    await pause(Math.random() * everyMs);
    for (let voted = false; going(); ) {
      // Once sent it must be answered: whether it counts would not be known otherwise.
      const ack = await this.say({ type: voted ? 'suggestion.unvote' : 'suggestion.upvote', suggestion });
      if (!ack?.ok) throw new Error(`a vote was refused: ${ack?.rejection?.code}`);
      voted = !voted;
      this.acknowledged.set(suggestion, voted);
      await pause(everyMs * (0.75 + Math.random() / 2));
    }
  }
}
