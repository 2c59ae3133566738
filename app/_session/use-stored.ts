// A value kept in this browser under a key. Invariant: a browser whose storage is disabled or full keeps it as long as the
// page, and nothing fails.
import { useCallback, useEffect, useState } from 'react';

/**
 * Like useState for text; '' where nothing is kept, and on the first render, so that it is the same as the server's.
 * '' is not kept. `added` is put behind what is kept, once.
 */
export function useStored(key: string, added = ''): readonly [string, (text: string) => void] {
  const [text, setText] = useState('');
  useEffect(() => {
    const known = readStored(key);
    setText(known.includes(added) ? known : [known, added].filter((part) => part !== '').join('\n'));
  }, [key, added]);
  const keep = useCallback(
    (next: string) => {
      setText(next);
      try {
        if (next === '') localStorage.removeItem(key);
        else localStorage.setItem(key, next);
      } catch {
        // It lasts as long as the page.
      }
    },
    [key],
  );
  return [text, keep];
}

function readStored(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}
