// What every audience sees, kept so that only the difference travels: one chain of patches per audience.
// Invariant: `from` is the head of the patch sent before to that audience; a client is sent what it lacks from the last 200
// patches, else a snapshot. A snapshot shows what was flushed last, so that the next patch fits on it.

import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { diffViews, PROTOCOL, type ViewPatch } from '#session-core/protocol/messages.ts';
import { viewOf } from '#session-core/view/view.ts';
import type { Audience, FacilitatorView, Presence, PublicView, YouView } from '#session-core/view/view-types.ts';
import type { InitialMessages, Transport } from './session-api.ts';

const KEPT_PATCHES = 200;

/** Whose own part may have changed since the last flush. */
export type Affected = 'all' | ReadonlySet<Id>;

export interface Held {
  readonly logId: string;
  readonly seq: number;
  readonly youSeq?: number;
}

export interface Views {
  /** Sends every audience what changed. Returns the head that all of them now reflect. */
  flush(now: Shown, affected: Affected): number;
  initialMessages(participant: Id | null, held?: Held): InitialMessages;
  publicView(): PublicView;
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
  readonly listens: (participant: Id) => boolean;
}

interface Chain<V> {
  view: V;
  seq: number;
  patches: ViewPatch[];
  /** `from` of the newest patch that is not kept any more; -1: all are. */
  forgotten: number;
  /** Something changed while nobody was there to be sent it. */
  stale: boolean;
}

export function createViews({ logId, first, transport, listens }: ViewsOptions): Views {
  let shown = first;
  const see = <V>(audience: Audience): V => viewOf(shown.state, audience, shown.presence) as V;
  const begin = <V>(audience: Audience): Chain<V> => ({
    view: see<V>(audience),
    seq: shown.state.seq,
    patches: [],
    forgotten: -1,
    stale: false,
  });
  const everyone = begin<PublicView>({ kind: 'public' });
  const facilitators = begin<FacilitatorView>({ kind: 'facilitator' });
  const own = new Map<Id, Chain<YouView>>();
  /** Those who held the public view until this seq: older patches of the facilitators' chain do not fit theirs. */
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
    if (chain.patches.length > KEPT_PATCHES) chain.forgotten = chain.patches.shift()?.from ?? -1;
    return patch;
  }

  function advanceOwn(participant: Id, chain: Chain<YouView>): ViewPatch | null {
    return advance(chain, see<YouView>({ kind: 'you', participant }));
  }

  /** From the first patch that begins where the client stands; a patch may keep the seq, so the first counts. */
  function since<V>(chain: Chain<V>, seq: number): readonly ViewPatch[] | null {
    // Who comes and goes makes patches that keep the seq: of those, the first may be gone already.
    if (seq === chain.forgotten) return null;
    const at = chain.patches.findIndex((patch) => patch.from === seq);
    if (at >= 0) return chain.patches.slice(at);
    return chain.seq === seq ? [] : null;
  }

  function ownChain(participant: Id): Chain<YouView> {
    const known = own.get(participant);
    if (!known) {
      const fresh = begin<YouView>({ kind: 'you', participant });
      own.set(participant, fresh);
      return fresh;
    }
    if (known.stale) advanceOwn(participant, known);
    return known;
  }

  return {
    flush(now, affected) {
      shown = now;
      const { publish, publishTo } = transport();
      const patch = advance(everyone, see<PublicView>({ kind: 'public' }));
      if (patch) publish('public', patch);
      const more = advance(facilitators, see<FacilitatorView>({ kind: 'facilitator' }));
      if (more) publish('facilitator', more);
      for (const participant of affected === 'all' ? [...own.keys()] : affected) {
        const chain = own.get(participant);
        const mine = chain && listens(participant) ? advanceOwn(participant, chain) : null;
        if (mine) publishTo(participant, mine);
        else if (chain && !listens(participant)) chain.stale = true;
      }
      return now.state.seq;
    },
    initialMessages(participant, held) {
      const you = participant === null ? null : ownChain(participant);
      const facilitates = participant !== null && shown.state.participants[participant]?.facilitator === true;
      const chain: Chain<PublicView | FacilitatorView> = facilitates ? facilitators : everyone;
      const fits = held?.logId === logId && held.seq > (promotedAt.get(participant ?? '') ?? -1);
      if (held && fits && (you === null || held.youSeq !== undefined)) {
        const patches = since(chain, held.seq);
        const mine = you === null ? [] : since(you, held.youSeq ?? 0);
        if (patches && mine) return { kind: 'patches', patches, you: mine };
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
    publicView: () => everyone.view,
    promoted: (participant) => promotedAt.set(participant, shown.state.seq),
  };
}
