// The ids of each participant's last commands, with the seq that each was answered with.
// Invariant: kept in shards by the last character of the participant's id: every event writes here, and copying a thousand
// entries per vote would cost more than the vote.
import { own, put, without } from '../util/immutable-map.ts';

interface RecentCommand {
  readonly cause: string;
  readonly seq: number;
  readonly about?: string;
}

/** shard -> participant -> commands, oldest first. */
export type RecentCommands = Readonly<Record<string, Readonly<Record<string, readonly RecentCommand[]>>>>;

const shardOf = (participant: string): string => participant.slice(-1);

export const recentCommandsOf = (known: RecentCommands, participant: string): readonly RecentCommand[] | undefined =>
  own(own(known, shardOf(participant)) ?? {}, participant);

export function putRecentCommands(
  known: RecentCommands,
  participant: string,
  mine: readonly RecentCommand[],
): RecentCommands {
  const shard = shardOf(participant);
  return put(known, shard, put(own(known, shard) ?? {}, participant, mine));
}

export function forgetRecentCommands(known: RecentCommands, participant: string): RecentCommands {
  const shard = own(known, shardOf(participant));
  return shard ? put(known, shardOf(participant), without(shard, participant)) : known;
}
