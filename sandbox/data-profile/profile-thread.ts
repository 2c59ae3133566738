// The thread that looks at tables: it keeps the last few open and answers one question after the other.
// Invariant: it has a lower priority than whatever a session waits for.
import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type OpenTable, openTable, type VisibleTable, type Wanted } from './visible-table.ts';

export interface Question {
  readonly id: number;
  readonly key: number;
  /** Where the thread may not have it any more. */
  readonly table?: VisibleTable;
  readonly wanted: Wanted;
}
export type Answer =
  | { readonly id: number; readonly value: unknown }
  /** It is to be asked again with the table. */
  | { readonly id: number; readonly unknown: true }
  | { readonly id: number; readonly error: string };

const KEPT = 4;
const NICER = 5;
const port = parentPort!;
/** The one asked for last is the last. */
const open = new Map<number, OpenTable>();

// On Linux a priority is a thread's own; elsewhere it would be that of the whole server.
if (process.platform === 'linux') setPriority(Math.min(19, getPriority() + NICER));

function answer({ id, key, table, wanted }: Question): Answer {
  try {
    const found = open.get(key) ?? (table ? openTable(table) : undefined);
    if (found === undefined) return { id, unknown: true };
    open.delete(key);
    open.set(key, found);
    if (open.size > KEPT) open.delete(open.keys().next().value!);
    return { id, value: found.answer(wanted) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on('message', (question: Question) => port.postMessage(answer(question)));
