'use client';
// The log of a run. Stays scrolled to the end until the reader scrolls up.
import { useEffect, useRef } from 'react';
import { t } from '#app/_strings/strings.ts';
import { spanText } from '#app/_ui/format.ts';
import type { LogLine } from '#pipeline-core/core/report.ts';
import s from './log-panel.module.css';

export function LogPanel({ lines }: { readonly lines: readonly LogLine[] }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines move it, a new drawing does not
  useEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [count]);
  if (count === 0) return <p className={s['empty']}>{t.run.noLog}</p>;
  return (
    <div
      ref={box}
      className={s['log']}
      role="log"
      aria-live="off"
      aria-label={t.run.log}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: it }) => {
        atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 24;
      }}
    >
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
        <div key={i}>
          <span>{line.stage}</span>
          <span>{line.cached ? t.stage.cached.toLowerCase() : spanText(line.at)}</span>
          <pre dir="auto">{line.text}</pre>
        </div>
      ))}
    </div>
  );
}
