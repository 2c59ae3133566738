// Sentences for a polite live region, at most one change of it in five seconds. What waits is said together; of one topic
// only the newest.
import { useCallback, useEffect, useRef, useState } from 'react';

const GAP_MS = 5_000;

export function useAnnouncer() {
  const [said, setSaid] = useState('');
  const waiting = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const at = useRef(Number.NEGATIVE_INFINITY);
  const announce = useCallback((topic: string, sentence: string) => {
    waiting.current.set(topic, sentence);
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined;
        at.current = Date.now();
        setSaid([...waiting.current.values()].join(' '));
        waiting.current.clear();
      },
      Math.max(0, at.current + GAP_MS - Date.now()),
    );
  }, []);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return { said, announce };
}
