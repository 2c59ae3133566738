'use client';
// Announces finished runs to screen readers on pages without notices: the projector view.
import { useEffect, useRef } from 'react';
import { useAnnouncer } from './use-announcer.ts';
import { useRunSentence } from './use-run-sentence.ts';

export function RunLiveRegion() {
  const { said, announce } = useAnnouncer();
  useAnnounceRuns(announce);
  return (
    <p className="hidden-text" aria-live="polite">
      {said}
    </p>
  );
}

/** The run that was there when the page opened is not announced. */
export function useAnnounceRuns(announce: (topic: string, sentence: string) => void): void {
  const sentence = useRunSentence();
  const before = useRef<string | null>(null);
  useEffect(() => {
    const was = before.current;
    before.current = sentence;
    if (was !== null && sentence !== null && sentence !== was) announce('run', sentence);
  }, [sentence, announce]);
}
