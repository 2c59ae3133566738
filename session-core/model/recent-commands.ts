// The causes that a state remembers of each participant, with the seq their command was answered with.
// Invariant: kept in shards by the last sign of the id, for every event writes here: a copy of a thousand entries per vote
// would cost more than the vote.
import { own, put, without } from '../util/immutable-map.ts';

interface Remembered {
  readonly cause: string;
  readonly seq: number;
  readonly about?: string;
}

/** shard -> participant -> causes, oldest first. */
export type Causes = Readonly<Record<string, Readonly<Record<string, readonly Remembered[]>>>>;

const shardOf = (participant: string): string => participant.slice(-1);

export const causesOf = (causes: Causes, participant: string): readonly Remembered[] | undefined =>
  own(own(causes, shardOf(participant)) ?? {}, participant);

export function putCauses(causes: Causes, participant: string, mine: readonly Remembered[]): Causes {
  const shard = shardOf(participant);
  return put(causes, shard, put(own(causes, shard) ?? {}, participant, mine));
}

export function forgetCauses(causes: Causes, participant: string): Causes {
  const shard = own(causes, shardOf(participant));
  return shard ? put(causes, shardOf(participant), without(shard, participant)) : causes;
}
