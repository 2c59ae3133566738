// People press single keys when they think they are in a text field. So single keys do nothing shortly after typing,
// shortly after a text field lost the focus, or while a connection is down.

/** Milliseconds after the last typed key, or the last lost focus, in which single keys do nothing. */
const QUIET_MS = 2_000;

export type Ignored = 'typing' | 'focus' | 'offline';

export interface ShortcutGuard {
  /** A key without a modifier was typed, into a text field or outside of one. */
  typed(now: number): void;
  /** A text field lost the focus. */
  focusLost(now: number): void;
  /** Why a single key is ignored now; null: it is not. An ignored key counts as typing, since it may be part of a word. */
  ignores(now: number, live: boolean): Ignored | null;
}

export function createShortcutGuard(): ShortcutGuard {
  let typedAt = Number.NEGATIVE_INFINITY;
  let lostAt = Number.NEGATIVE_INFINITY;
  return {
    typed(now) {
      typedAt = now;
    },
    focusLost(now) {
      lostAt = now;
    },
    ignores(now, live) {
      const why = !live ? 'offline' : now - lostAt < QUIET_MS ? 'focus' : now - typedAt < QUIET_MS ? 'typing' : null;
      if (why !== null) typedAt = now;
      return why;
    },
  };
}

const FIELD = 'input, textarea, select, [contenteditable="true"], .monaco-editor';

export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(FIELD) !== null;

/** Connects the guard to the page's events; returns how to disconnect it. */
export function watchTyping(guard: ShortcutGuard): () => void {
  let inField = isTextField(document.activeElement);
  const lost = () => {
    if (inField) guard.focusLost(Date.now());
    inField = false;
  };
  const enter = ({ target }: FocusEvent) => {
    if (isTextField(target)) inField = true;
    else lost();
  };
  const leave = ({ target }: FocusEvent) => isTextField(target) && lost();
  const press = (event: KeyboardEvent) => {
    // A field that is removed from the page fires no event when it loses the focus.
    if (!isTextField(event.target)) lost();
    else if (!event.ctrlKey && !event.metaKey && !event.altKey) guard.typed(Date.now());
  };
  addEventListener('focusin', enter, true);
  addEventListener('focusout', leave, true);
  addEventListener('keydown', press, true);
  return () => {
    removeEventListener('focusin', enter, true);
    removeEventListener('focusout', leave, true);
    removeEventListener('keydown', press, true);
  };
}
