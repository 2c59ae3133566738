// A draft that survives reloads, lost connections and refusals. Invariant: it is cleared only after it was sent.
import { useCallback, useEffect, useState } from 'react';

/** The draft kept under `key` in this browser, like useState. Empty on the first render, then what was kept. */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState('');
  useEffect(() => {
    setText(readDraft(key));
  }, [key]);
  const keep = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next === '') localStorage.removeItem(key);
        else localStorage.setItem(key, next);
      } catch {
        // Storage is disabled or full: the draft lasts as long as the page.
      }
    },
    [key],
  );
  return [text, keep];
}

function readDraft(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
