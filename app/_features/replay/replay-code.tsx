'use client';
// The code of a moment: the file that changed, scrolled to its change, until the reader chooses another.
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import type { CodeStep } from '#session-core/client/replay.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import code from '../editor/code-editor.module.css';
import { CodeText } from '../editor/code-text.tsx';
import { highlightLines } from '../editor/highlight.ts';
import s from './replay.module.css';

const LINE_EM = 1.5;

export function ReplayCode(props: {
  readonly step: CodeStep | undefined;
  readonly revision: Replay['revisions'][number] | undefined;
  readonly suggestions: Replay['suggestions'];
}) {
  const { step, revision, suggestions } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const paths = Object.keys(step?.files ?? {}).sort();
  // At the start every file is new: then nothing in particular changed.
  const changes = step && revision?.why !== 'start' ? step.changes : [];
  const changed = changes[0]?.path;
  const [followed, setFollowed] = useState<string | null>(null);
  useEffect(() => {
    if (changed !== undefined) setFollowed(changed);
  }, [changed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new change takes the reader along
  useEffect(() => setChosen(null), [step?.n]);
  const wanted = chosen ?? changed ?? followed ?? 'params.yaml';
  const path = paths.includes(wanted) ? wanted : (paths[0] ?? '');
  const text = step?.files[path] ?? '';
  const lines = useMemo(() => highlightLines(text, path), [text, path]);
  const here = changes.filter((change) => change.path === path);
  const first = here[0]?.fromLine;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change on the same line is another one
  useEffect(() => {
    const scroller = box.current;
    if (!scroller || first === undefined) return;
    const height = LINE_EM * Number.parseFloat(getComputedStyle(scroller).fontSize);
    scroller.scrollTop = Math.max(0, (first - 1) * height - scroller.clientHeight / 3);
  }, [step?.n, path, first]);
  const applied = suggestions.find(({ id }) => id === revision?.suggestion);
  return (
    <section className={s['code']} aria-label={t.replay.code}>
      <p className={s['what']}>
        <b>{whyText(revision, applied)}</b> {applied ? <span dir="auto">{applied.text}</span> : null}{' '}
        {revision?.credit === undefined ? null : <small>{t.replay.by(revision.credit)}</small>}
      </p>
      <label className={s['file']}>
        <span className="hidden-text">{t.replay.file}</span>
        <select value={path} translate="no" onChange={(event) => setChosen(event.target.value)}>
          {paths.map((each) => (
            <option key={each} value={each}>
              {changes.some((change) => change.path === each) ? t.replay.changed(each) : each}
            </option>
          ))}
        </select>
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div ref={box} className={s['lines']} tabIndex={0}>
        <pre translate="no">
          {lines.map((pieces, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              className={s['line']}
              data-changed={here.some(({ fromLine, toLine }) => index + 1 >= fromLine && index + 1 <= toLine)}
            >
              <span className={s['number']} aria-hidden="true">
                {index + 1}
              </span>
              <code>
                {pieces.map((piece, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names of their own
                  <span key={i} className={piece.kind === '' ? undefined : code[piece.kind]}>
                    <CodeText>{piece.text}</CodeText>
                  </span>
                ))}
                {'\n'}
              </code>
            </span>
          ))}
        </pre>
      </div>
    </section>
  );
}

type Of<K extends 'revisions' | 'suggestions'> = Replay[K][number];

function whyText(revision: Of<'revisions'> | undefined, suggestion: Of<'suggestions'> | undefined): string {
  const { typed, patch, undone, either, ...named } = t.replay.why;
  const why = revision?.why ?? 'start';
  // It was applied in the same moment, if it still is.
  if (why === 'patch')
    return suggestion === undefined ? either : suggestion.appliedAt === revision?.at ? patch : undone;
  return Object.hasOwn(named, why) ? named[why as keyof typeof named] : typed;
}
