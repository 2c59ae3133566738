// What goes into a commit of a session (commands, typed updates) and what comes out of it, as data.

import type { SessionEvent } from '#session-core/model/events.ts';
import type { Rejection } from '#session-core/model/rejection.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import type { DocConnection } from '../../document/doc-connection.ts';
import type { RefusedEdit } from '../../document/validate-update.ts';

export type CommandOutcome =
  | { readonly ok: true; readonly seq: number; readonly about?: Id; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly error: Rejection };

/** A command in the queue, and how its sender gets the answer. */
export interface CommandRequest {
  readonly command: Command;
  /** null: the server itself. */
  readonly participant: Id | null;
  readonly cause: string;
  readonly tab?: string;
  /** Its id in the server's log. */
  readonly request?: string;
  /** Texts that the command names by their hash, such as the report of a run; stored with its events. */
  readonly texts?: readonly string[];
  answer(outcome: CommandOutcome): void;
}

/** An update that came over a text socket. */
export interface TypedUpdate {
  readonly connection: DocConnection;
  readonly update: Uint8Array;
  /** It came before the connection's answer to a SyncStep1 of ours, which holds it again. */
  readonly early: boolean;
}

export interface RefusedUpdate extends RefusedEdit {
  readonly connection: DocConnection;
}

/** One commit batch as it was stored. */
export interface Commit {
  readonly before: SessionState;
  readonly after: SessionState;
  /** Each event with the state right after it. */
  readonly steps: readonly { readonly event: SessionEvent; readonly state: SessionState }[];
  /** Hash -> text: what the events name and the storage did not hold. */
  readonly blobs: Readonly<Record<string, string>>;
  readonly docUpdates: readonly Uint8Array[];
  /** The only connection that made them, where it was one and the server changed nothing. */
  readonly source: DocConnection | null;
  /** Connections that typed something that was taken. */
  readonly typists: ReadonlySet<DocConnection>;
  readonly refusals: readonly RefusedUpdate[];
  readonly answers: readonly { readonly request: CommandRequest; readonly outcome: CommandOutcome }[];
}

/** The rule for typing: only the connections of the driver's tab. The commit batch and the roles both ask it here. */
export const mayType = (
  { driver }: SessionState,
  { participant, tab }: { readonly participant: Id | null; readonly tab: string },
): boolean => driver !== null && driver.participant === participant && driver.tab === tab;
