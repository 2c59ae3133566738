// What the driver's editor shows: a place that was clicked, or the lines of a tour.
// Invariant: a tour goes to its lines, but takes nobody away from lines in which they type; wherever the driver went
// meanwhile, to an error, another file or a place of a suggestion, there is a way back to it.
import { useEffect, useMemo, useState } from 'react';
import type { Shown } from '../_features/editor/use-code-editor.ts';
import { useTour } from './use-tour.ts';

export function useDriverPlace() {
  const [show, open] = useState<Shown | null>(null);
  const { tour, key } = useTour();
  const toTour = () => {
    if (tour !== null) open({ file: tour.file, line: tour.fromLine, toLine: tour.toLine });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each place of the tour
  useEffect(() => {
    if (tour !== null && !document.activeElement?.closest('.monaco-editor')) toTour();
    // Of a tour that is over no lines stay marked; a place that was clicked stays.
    if (tour === null) open((before) => (before?.toLine === undefined ? before : null));
  }, [key]);
  /** For code that is only read. */
  const mark = useMemo(
    () => (show === null ? null : { file: show.file, fromLine: show.line, toLine: show.toLine ?? show.line }),
    [show],
  );
  return { show, mark, open, tour, toTour };
}
