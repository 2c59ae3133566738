// The wire between server and browser: version, messages both ways, diff and apply of views.
// Invariant: a client with `patch.from === mine` applies, with `patch.seq <= mine` ignores, else asks `resync`.
import type { ClientCommand } from '../model/client-commands.ts';

/** 2: patches are packed. 3: `participants` of a view are not everybody, `people` counts them. */
export const PROTOCOL = 3;

/**
 * Frame types beside the y-websocket protocol's own (0-3), sent only to clients that opened with `?v=1`. After the type
 * (varuint): role: varstring JSON {drives, driver}; refused: varstring, the reason; docId: varstring;
 * saved: varuint8array, the state vector that is stored; notStored: nothing, the last edits could not be stored and will
 * be asked for again.
 */
export const FRAME = { role: 100, refused: 101, docId: 102, saved: 103, notStored: 104 } as const;

/** A subprotocol of the text socket that carries the token of a page whose browser keeps no cookies. */
export const TOKEN_PROTOCOL = 'token.';

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
/** For a client that connected with `packed: true`: the view as bytes, its JSON under raw DEFLATE. */
export interface PackedSnapshot<Y> extends Omit<Snapshot<never, Y>, 'view'> {
  readonly view: ArrayBuffer | Uint8Array<ArrayBuffer>;
}
export interface ViewPatch {
  readonly from: number;
  readonly seq: number;
  readonly set: readonly (readonly [Path, Json])[];
  readonly del: readonly Path[];
}
/**
 * Server -> client by event name: `snapshot` Snapshot or PackedSnapshot, `patch` PackedPatch of the view, `you` PackedPatch of one's own
 * part (a chain of its own; both in patch-wire.ts), `progress` ProgressMessage (progress.ts), `closed` {code, reason} (close-codes.ts).
 * Client -> server: `command` CommandMessage with an ack callback, `resync` {seq, youSeq?}.
 */
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

type Plain = Readonly<Record<string, Json>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function equal(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key] as Json, b[key] as Json))
  );
}

export interface Changes {
  readonly set: readonly (readonly [Path, Json])[];
  readonly del: readonly Path[];
}

/**
 * What turns view `before` into view `after`. Parts that are one and the same object are skipped unread, so views that
 * share their structure cost only their difference; arrays are replaced whole. Both are plain JSON without undefined.
 */
export function diffViews(before: object, after: object): Changes {
  const set: [Path, Json][] = [];
  const del: Path[] = [];
  collect(before as Plain, after as Plain, { path: [], set, del });
  return { set, del };
}

function collect(before: Plain, after: Plain, into: { path: Path; set: [Path, Json][]; del: Path[] }): void {
  const { path, set, del } = into;
  for (const key of Object.keys(after)) {
    const now = after[key] as Json;
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    if (was === now) continue;
    if (isPlain(was) && isPlain(now)) collect(was, now, { path: [...path, key], set, del });
    else if (was === undefined || !equal(was, now)) set.push([[...path, key], now]);
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) del.push([...path, key]);
}

/** `view` with the patch's changes, as a new object; what is not touched is shared. A path is keys from the root. */
export function applyPatch<V>(view: V, patch: Changes): V {
  let next = view as Json;
  for (const path of patch.del) next = write(next, path, undefined);
  for (const [path, value] of patch.set) next = write(next, path, value);
  return next as V;
}

function write(at: Json, [key, ...rest]: Path, value: Json | undefined): Json {
  if (key === undefined) return value ?? null;
  const here: Plain = isPlain(at) ? at : {};
  if (rest.length === 0 && value === undefined) {
    const { [key]: _, ...others } = here;
    return others;
  }
  // A computed key makes an own property even for '__proto__', and only own ones are read: nothing is polluted.
  const child = Object.hasOwn(here, key) ? (here[key] as Json) : {};
  return { ...here, [key]: write(child, rest, value) };
}
