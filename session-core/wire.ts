// The wire between server and browser: version, messages both ways, diff and apply of views, close codes.
// Law: a client with `patch.from === mine` applies, with `patch.seq <= mine` ignores, else asks `resync`.
// RUNS IN browser | server
import type { ClientCommand } from './commands.ts';
import type { Rejection } from './rejection.ts';

export const PROTOCOL = 1;

/** Close codes of the text socket; 4400-4499 stop the provider, all others it retries. */
export const CLOSE = {
  forbidden: 4403,
  notFound: 4404,
  ended: 4410,
  tooManyTabs: 4429,
  reload: 4500,
  restart: 1012,
} as const;

/**
 * Frame types beside the y-websocket protocol's own (0-3), sent only to clients that opened with `?v=1`. After the type
 * (varuint): role: varstring JSON {drives, driver}; refused: varstring, the reason; docId: varstring;
 * saved: varuint8array, the state vector that is stored.
 */
export const FRAME = { role: 100, refused: 101, docId: 102, saved: 103 } as const;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Path = readonly string[];

export interface Snapshot<V, Y> {
  readonly protocol: number;
  /** Made new when a session's log is replaced: a client that holds another one takes the snapshot. */
  readonly logId: string;
  readonly seq: number;
  readonly view: V;
  /** null for a viewer, who joined without a token. */
  readonly you: Y | null;
  /** Head of the `you` chain. */
  readonly youSeq: number;
}
export interface ViewPatch {
  readonly from: number;
  readonly seq: number;
  readonly set: readonly (readonly [Path, Json])[];
  readonly del: readonly Path[];
}
/**
 * Server -> client by event name: `snapshot` Snapshot, `patch` ViewPatch of the view, `you` ViewPatch of one's own
 * part (a chain of its own), `progress` ProgressMessage (volatile, without seq).
 * Client -> server: `command` CommandMessage with an ack callback, `resync` {seq, youSeq?}.
 */
export type ProgressMessage = { readonly run: string } & Readonly<Record<string, Json>>;

export type CommandMessage = ClientCommand & { readonly id: string };
/** `about`: id of the suggestion or run that the command made or met. */
export type Ack =
  | { readonly ok: true; readonly seq: number; readonly about?: string }
  | {
      readonly ok: false;
      readonly rejection: { readonly code: string; readonly message: string } & Readonly<
        Record<string, string | number>
      >;
    };

/** The refusal as it travels: facts beside code and message, as the doors say. */
export function ackOfRejection(refused: Rejection): Ack {
  return { ok: false, rejection: { ...refused.facts, code: refused.code, message: refused.message } };
}
