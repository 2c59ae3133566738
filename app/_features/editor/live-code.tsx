// The shared text as highlighted, read-only lines: for phones, the projector, and the driver until Monaco has loaded.
// Invariant: follows the driver's visible lines until the reader scrolls; "Back to live" follows again.
'use client';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { t } from '#app/_strings/strings.ts';
import styles from './code-editor.module.css';
import { CodeText } from './code-text.tsx';
import { FileTabs } from './file-tabs.tsx';
import { highlightLines, type Piece } from './highlight.ts';
import { cursorOffsets, driverCursor, type SharedCursor } from './monaco/bind-monaco.ts';
import { SaveStatus } from './save-status.tsx';
import { useFallbackFiles, useTextBlocked } from './use-fallback-files.ts';
import { useFileText, useText } from './use-text.ts';

export interface LiveCodeProps {
  readonly sessionId: string;
  /** Fixes the file; left out, it follows the driver and offers tabs. */
  readonly path?: string | null;
  /** No bar above it. */
  readonly plain?: boolean;
  /** px; at least 24 on the projector. */
  readonly fontSize?: number;
  /** Lines of one file to set off: a suggestion's anchor or an error. */
  readonly mark?: { readonly file: string; readonly fromLine: number; readonly toLine: number } | null;
  /** The file in front, as it changes. */
  readonly onFile?: (path: string) => void;
  /** A tap on a line, to anchor a suggestion there. */
  readonly onLine?: (place: { readonly file: string; readonly line: number }) => void;
}

type Cursor = SharedCursor & { readonly name: string };

export function LiveCode(props: LiveCodeProps) {
  const { sessionId, path = null, plain = false, fontSize = 14, mark = null, onLine, onFile } = props;
  const text = useText(sessionId);
  const state = text?.state ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const [following, setFollowing] = useState(true);
  const cursor = useCursor(state?.awareness ?? null);
  const scroller = useRef<HTMLDivElement>(null);
  const moved = useRef(0);

  const fallback = useFallbackFiles(state);
  const blocked = useTextBlocked(state);
  const paths = fallback ? Object.keys(fallback).sort() : (state?.paths ?? []);
  const followed = following && cursor && paths.includes(cursor.file) ? cursor.file : null;
  const shown = path ?? followed ?? chosen ?? paths.find((each) => each === 'params.yaml') ?? paths[0] ?? null;
  useEffect(() => {
    if (shown !== null) onFile?.(shown);
  }, [shown, onFile]);
  const live = useFileText(state, shown);
  const content = fallback ? ((shown === null ? undefined : fallback[shown]) ?? null) : live;
  const lines = useMemo(() => highlightLines(content ?? '', shown ?? ''), [content, shown]);
  const offsets = useMemo(() => {
    const file = shown ? state?.doc.getMap<Y.Text>('files').get(shown) : undefined;
    return cursor && file && cursor.file === shown && live !== null && live === content
      ? cursorOffsets(cursor, file)
      : null;
  }, [cursor, shown, content, live, state?.doc]);
  // If line numbers can be tapped, lines are high enough for a finger.
  const lineHeight = Math.max(Math.round(fontSize * 1.5), onLine ? 24 : 0);
  const caret = offsets ? lineAt(content ?? '', offsets.head) : null;
  const from = offsets ? lineAt(content ?? '', Math.min(offsets.anchor, offsets.head)).line : 0;
  const to = offsets ? lineAt(content ?? '', Math.max(offsets.anchor, offsets.head)).line : 0;

  const top = cursor?.file === shown ? (cursor?.visible?.[0] ?? null) : null;
  const bottom = cursor?.file === shown ? (cursor?.visible?.[1] ?? null) : null;
  const caretLine = caret?.line ?? null;
  useEffect(() => {
    const box = scroller.current;
    if (!box || !following || top === null || bottom === null) return;
    const wanted = (top - 1) * lineHeight;
    const at = caretLine !== null && caretLine >= top && caretLine <= bottom ? caretLine : null;
    const end = at === null ? 0 : (at + 0.5) * lineHeight - box.clientHeight;
    // In a smaller window than the driver's, the line of the caret matters most.
    const fits = (bottom - top + 1) * lineHeight <= box.clientHeight;
    const near = at === null ? 0 : (at - 1) * lineHeight - box.clientHeight * 0.6;
    const target = Math.max(wanted, fits ? end : near);
    if (Math.abs(box.scrollTop - target) < lineHeight && box.scrollTop >= end) return;
    moved.current = performance.now();
    box.scrollTo({
      top: target,
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
    });
  }, [following, top, bottom, caretLine, lineHeight]);

  // A place that is opened has priority over following the driver, until it goes.
  const hadMark = useRef(false);
  useEffect(() => {
    if (!mark) {
      if (hadMark.current) setFollowing(true);
      hadMark.current = false;
      return;
    }
    hadMark.current = true;
    setFollowing(false);
    setChosen(mark.file);
  }, [mark]);
  const there = content !== null;
  useEffect(() => {
    const box = scroller.current;
    if (!box || !there || !mark || shown !== mark.file) return;
    const height = (mark.toLine - mark.fromLine + 1) * lineHeight;
    const above = Math.min(box.clientHeight / 3, Math.max(lineHeight, (box.clientHeight - height) / 2));
    box.scrollTop = Math.max(0, (mark.fromLine - 1) * lineHeight - above);
  }, [mark, shown, there, lineHeight]);

  const letGo = () => {
    // Our own smooth scrolling also triggers this, for up to a second.
    if (path === null && performance.now() - moved.current > 1_000) setFollowing(false);
  };
  const open = (file: string) => {
    setFollowing(false);
    setChosen(file);
  };
  return (
    <section className={styles['frame']} aria-label={t.editor.label}>
      {plain ? null : (
        <FileTabs paths={paths} shown={shown} marked={mark?.file ?? null} onOpen={open}>
          {following ? null : (
            <button type="button" className={styles['pill']} onClick={() => setFollowing(true)}>
              {t.editor.backToLive}
            </button>
          )}
          {blocked ? null : <SaveStatus state={state} badOnly />}
        </FileTabs>
      )}
      {blocked ? (
        <p className={styles['blocked']} role="status">
          {t.editor.blocked}
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the handlers only notice that somebody scrolls */}
      <div
        ref={scroller}
        className={styles['scroll']}
        onWheel={letGo}
        onTouchMove={letGo}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        onKeyDown={(event) => (event.key.startsWith('Arrow') || event.key.startsWith('Page') ? letGo() : undefined)}
        style={{ fontSize, lineHeight: `${lineHeight}px` }}
      >
        {content === null ? (
          <p className={styles['note']}>{t.editor.loading}</p>
        ) : (
          <pre className={styles['code']} translate="no">
            {lines.map((pieces, index) => (
              <Line
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
                key={index}
                number={index + 1}
                pieces={pieces}
                marked={mark !== null && mark.file === shown && index + 1 >= mark.fromLine && index + 1 <= mark.toLine}
                selected={offsets !== null && index + 1 >= from && index + 1 <= to}
                caret={caret?.line === index + 1 ? caret.column : null}
                driver={caret?.line === index + 1 ? (cursor?.name ?? '') : ''}
                {...(onLine && shown ? { onTap: (line: number) => onLine({ file: shown, line }) } : {})}
              />
            ))}
          </pre>
        )}
      </div>
    </section>
  );
}

interface LineProps {
  readonly number: number;
  readonly pieces: readonly Piece[];
  readonly marked: boolean;
  readonly selected: boolean;
  readonly caret: number | null;
  readonly driver: string;
  readonly onTap?: (line: number) => void;
}

const Line = memo(
  function Line({ number, pieces, marked, selected, caret, driver, onTap }: LineProps) {
    return (
      <span className={styles['line']} data-marked={marked} data-selected={selected}>
        {onTap ? (
          <button
            type="button"
            className={styles['number']}
            aria-label={t.editor.suggestHere(number)}
            onClick={() => onTap(number)}
          >
            {number}
          </button>
        ) : (
          <span className={styles['number']} aria-hidden="true">
            {number}
          </span>
        )}
        <code translate="no">
          {pieces.map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names of their own
            <span key={index} className={piece.kind === '' ? undefined : styles[piece.kind]}>
              <CodeText>{piece.text}</CodeText>
            </span>
          ))}
          {caret === null ? null : (
            <span className={styles['caret']} style={{ insetInlineStart: `${caret}ch` }} aria-hidden="true">
              <span className={styles['driver']}>{driver}</span>
            </span>
          )}
          {'\n'}
        </code>
      </span>
    );
  },
  (a, b) =>
    a.number === b.number &&
    a.marked === b.marked &&
    a.selected === b.selected &&
    a.caret === b.caret &&
    a.driver === b.driver &&
    a.onTap === b.onTap &&
    samePieces(a.pieces, b.pieces),
);

function samePieces(a: readonly Piece[], b: readonly Piece[]): boolean {
  return (
    a.length === b.length && a.every((piece, index) => piece.text === b[index]?.text && piece.kind === b[index]?.kind)
  );
}

function useCursor(awareness: import('y-protocols/awareness').Awareness | null): Cursor | null {
  const [cursor, setCursor] = useState<Cursor | null>(null);
  useEffect(() => {
    if (!awareness) {
      setCursor(null);
      return;
    }
    const read = () => setCursor(driverCursor(awareness));
    read();
    awareness.on('change', read);
    return () => awareness.off('change', read);
  }, [awareness]);
  return cursor;
}

function lineAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) };
}
