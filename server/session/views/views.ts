// The view of every audience as it was sent last, so that only differences are sent: one chain of patches per audience.
// Invariant: `from` of a patch is the seq of the one before it to that audience; a client is sent what it lacks of the last
// 200 patches, else a snapshot. A snapshot shows what was flushed last, so that the next patch applies to it.

import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { diffViews, PROTOCOL, type ViewPatch } from '#session-core/protocol/messages.ts';
import { type ChangedParts, PARTS_OF_PRESENCE, unionOfParts } from '#session-core/view/changed-parts.ts';
import { viewAfter, viewOf } from '#session-core/view/view.ts';
import { everybodyIn } from '#session-core/view/view-people.ts';
import type { Audience, FacilitatorView, Presence, PublicView, YouView } from '#session-core/view/view-types.ts';
import type { InitialMessages, Transport } from '../session-api.ts';
import type { Change } from './affected-participants.ts';

const KEPT_PATCHES = 200;

/** What a client that comes back holds already. */
export interface ClientVersion {
  readonly logId: string;
  readonly seq: number;
  readonly youSeq?: number;
}

export interface Views {
  /** Sends every audience what changed. Returns the head that all of them now reflect. */
  flush(now: Shown, change: Change): number;
  initialMessages(participant: Id | null, held?: ClientVersion): InitialMessages;
  publicView(): PublicView;
  /** All of them, as the last flush has shown them. */
  people(): PublicView['participants'];
  /** Before the first patch that shows them the facilitators' view. */
  promoted(participant: Id): void;
}

export interface Shown {
  readonly state: SessionState;
  readonly presence: Presence;
}

export interface ViewsOptions {
  readonly logId: string;
  readonly first: Shown;
  readonly transport: () => Transport;
  /** Whether somebody would get the participant's own patches now. */
  readonly isListening: (participant: Id) => boolean;
}

interface Chain<V> {
  view: V;
  seq: number;
  patches: ViewPatch[];
  /** `from` of the newest dropped patch; -1: none was dropped. */
  dropped: number;
  /** Something changed while nobody was connected to get it. */
  stale: boolean;
}

export function createViews({ logId, first, transport, isListening }: ViewsOptions): Views {
  let shown = first;
  const viewFor = <V>(audience: Audience): V => viewOf(shown.state, audience, shown.presence) as V;
  const startChain = <V>(audience: Audience): Chain<V> => ({
    view: viewFor<V>(audience),
    seq: shown.state.seq,
    patches: [],
    dropped: -1,
    stale: false,
  });
  const everyone = { kind: 'public' as const, ...startChain<PublicView>({ kind: 'public' }) };
  const facilitators = { kind: 'facilitator' as const, ...startChain<FacilitatorView>({ kind: 'facilitator' }) };
  const own = new Map<Id, Chain<YouView>>();
  /** They held the public view until this seq: older patches of the facilitators' chain do not apply to theirs. */
  const promotedAt = new Map<Id, number>();

  /** The patch that brings the chain to `view`, or null where nothing anybody sees has changed. */
  function advance<V extends object>(chain: Chain<V>, view: V): ViewPatch | null {
    chain.stale = false;
    const { set, del } = diffViews(chain.view, view);
    chain.view = view;
    if (set.length === 0 && del.length === 0) return null;
    const patch: ViewPatch = { from: chain.seq, seq: shown.state.seq, set, del };
    chain.seq = patch.seq;
    chain.patches.push(patch);
    if (chain.patches.length > KEPT_PATCHES) chain.dropped = chain.patches.shift()?.from ?? -1;
    return patch;
  }

  function refresh(chain: typeof everyone | typeof facilitators, parts: ChangedParts): ViewPatch | null {
    const { kind } = chain;
    const whole = parts === 'all' || chain.stale;
    return advance<PublicView>(
      chain,
      whole ? viewFor<PublicView>({ kind }) : viewAfter<PublicView>(chain.view, parts, { kind, ...shown }),
    );
  }

  function advanceOwn(participant: Id, chain: Chain<YouView>): ViewPatch | null {
    return advance(chain, viewFor<YouView>({ kind: 'you', participant }));
  }

  /** From the first patch that begins at the client's seq; several patches may have the same, so the first counts. */
  function since<V>(chain: Chain<V>, seq: number): readonly ViewPatch[] | null {
    // Connecting and disconnecting makes patches of the same seq: the first of them may be gone already.
    if (seq === chain.dropped) return null;
    const at = chain.patches.findIndex((patch) => patch.from === seq);
    if (at >= 0) return chain.patches.slice(at);
    return chain.seq === seq ? [] : null;
  }

  function ownChain(participant: Id): Chain<YouView> {
    const known = own.get(participant);
    if (!known) {
      const fresh = startChain<YouView>({ kind: 'you', participant });
      own.set(participant, fresh);
      return fresh;
    }
    if (known.stale) advanceOwn(participant, known);
    return known;
  }

  return {
    flush(now, { people, parts: changed }) {
      const parts = now.presence === shown.presence ? changed : unionOfParts(changed, PARTS_OF_PRESENCE);
      shown = now;
      const { isHeard, publish, publishTo } = transport();
      for (const chain of [everyone, facilitators]) {
        const heard = isHeard(chain.kind);
        const patch = heard ? refresh(chain, parts) : null;
        if (!heard) chain.stale = true;
        if (patch) publish(chain.kind, patch);
      }
      for (const participant of people === 'all' ? [...own.keys()] : people) {
        const chain = own.get(participant);
        const ownPatch = chain && isListening(participant) ? advanceOwn(participant, chain) : null;
        if (ownPatch) publishTo(participant, ownPatch);
        else if (chain && !isListening(participant)) chain.stale = true;
      }
      return now.state.seq;
    },
    initialMessages(participant, held) {
      const you = participant === null ? null : ownChain(participant);
      const facilitates = participant !== null && shown.state.participants[participant]?.facilitator === true;
      const chain = facilitates ? facilitators : everyone;
      if (chain.stale) refresh(chain, 'all');
      const fits = held?.logId === logId && held.seq > (promotedAt.get(participant ?? '') ?? -1);
      if (held && fits && (you === null || held.youSeq !== undefined)) {
        const patches = since(chain, held.seq);
        const ownPatch = you === null ? [] : since(you, held.youSeq ?? 0);
        if (patches && ownPatch) return { kind: 'patches', patches, you: ownPatch };
      }
      const snapshot = {
        protocol: PROTOCOL,
        logId,
        seq: chain.seq,
        view: chain.view,
        you: you?.view ?? null,
        youSeq: you?.seq ?? 0,
      };
      return { kind: 'snapshot', snapshot };
    },
    publicView() {
      if (everyone.stale) refresh(everyone, 'all');
      return everyone.view;
    },
    people: () => everybodyIn(shown.state, shown.presence),
    promoted: (participant) => promotedAt.set(participant, shown.state.seq),
  };
}
