// One turn of the loop, told as data: what was asked and typed, what happened, and who is to be answered.

import type { SessionEvent } from '#session-core/model/events.ts';
import type { Rejection } from '#session-core/model/rejection.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id, Tree } from '#session-core/model/types.ts';
import type { DocConnection } from '../document/doc-connection.ts';
import type { RefusedEdit } from '../document/validate-update.ts';

export type Outcome =
  | { readonly ok: true; readonly seq: number; readonly about?: Id; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly error: Rejection };

export interface Asked {
  readonly command: Command;
  /** null: the house itself. */
  readonly participant: Id | null;
  readonly cause: string;
  readonly tab?: string;
  answer(outcome: Outcome): void;
}

export interface Typed {
  readonly peer: DocConnection;
  readonly update: Uint8Array;
  /** It came before the peer's answer to our SyncStep1, which holds it again. */
  readonly early: boolean;
}

/** An edit that did not enter, and why. */
export interface Refusal extends RefusedEdit {
  readonly peer: DocConnection;
}

/** One drain's work, stored. */
export interface Turn {
  readonly before: SessionState;
  readonly after: SessionState;
  /** Each with the state as it was right after it. */
  readonly steps: readonly { readonly event: SessionEvent; readonly state: SessionState }[];
  readonly docUpdates: readonly Uint8Array[];
  /** The only peer that made them, where it was one and the server changed nothing. */
  readonly source: DocConnection | null;
  readonly typists: ReadonlySet<DocConnection>;
  readonly refusals: readonly Refusal[];
  readonly answers: readonly { readonly asked: Asked; readonly outcome: Outcome }[];
}

/** The connections of the driver's tab, and no others. */
export const drives = ({ driver }: SessionState, peer: { readonly participant: Id | null; readonly tab: string }) =>
  driver !== null && driver.participant === peer.participant && driver.tab === peer.tab;

export function sameTree(a: Tree, b: Tree): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}

/** Every text that the event names, by some name. */
export function treesOf(event: SessionEvent): readonly Tree[] {
  if (event.type === 'revision.cut' || event.type === 'run.requested') return [event.payload.tree];
  if (event.type === 'run.finished') return [{ report: event.payload.report.detail }];
  return [];
}
