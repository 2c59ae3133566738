// Stands in for the page's socket: whoever connects gets the session that the test opened.
import type { connect as realConnect } from '#app/_session/connection.ts';

type Connect = typeof realConnect;
export type Listener = Parameters<Connect>[1];
export type Attach = (listener: Listener) => ReturnType<Connect>;

let attach: Attach | null = null;

/** From now on pages connect to this; null: to nothing, which is a mistake of the test. */
export function serve(next: Attach | null): void {
  attach = next;
}

export function connect(_where: Parameters<Connect>[0], listener: Listener): ReturnType<Connect> {
  if (attach === null) throw new Error('Open a session before a component is shown.');
  return attach(listener);
}
