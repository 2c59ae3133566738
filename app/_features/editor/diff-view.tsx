// Two versions of a file side by side in Monaco's diff editor. With `onChange` the right side can be edited.
'use client';
import type * as M from 'monaco-editor/editor';
import { useEffect, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { plainCode } from '#session-core/util/code-text.ts';
import styles from './code-editor.module.css';
import {
  freshFolder,
  languageOf,
  leaveByEscape,
  loadMonaco,
  type Monaco,
  SHOW_HIDDEN,
  themeNow,
} from './monaco/monaco.ts';
import { type Problem, typeErrors } from './monaco/type-check.ts';

export interface DiffViewProps {
  readonly sessionId: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Grows when `after` was changed outside of the editor, such as by formatting: taken in as one edit. */
  readonly outside?: number;
  /** Called with the right side's whole text as it is edited; left out, the right side is read-only. */
  readonly onChange?: (text: string) => void;
  /**
   * Called after every edit with what the TypeScript worker finds wrong in the right side and in the files of `checked`:
   * nothing, too, where it cannot say.
   */
  readonly onProblems?: (problems: readonly Problem[]) => void;
  /** Other files of the workspace that are checked with the right side: those that were edited, too. */
  readonly checked?: readonly string[];
  readonly sideBySide?: boolean;
  /** The other files of the workspace, so that the TypeScript worker can follow imports. */
  readonly others?: Readonly<Record<string, string>>;
}

const NO_OTHERS: Readonly<Record<string, string>> = {};
const NONE: readonly string[] = [];
/** Pause in typing before the files are checked. */
const CHECK_MS = 400;

export function DiffView(props: DiffViewProps) {
  const { sessionId, path, before, after, onChange, onProblems, sideBySide = true } = props;
  const { others = NO_OTHERS, checked = NONE, outside = 0 } = props;
  const place = useRef<HTMLDivElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  const [monaco, setMonaco] = useState<Monaco | null>(null);
  const [failed, setFailed] = useState(false);
  const editable = onChange !== undefined;
  const latest = useRef({ onChange, onProblems, after, others, checked });
  latest.current = { onChange, onProblems, after, others, checked };
  const right = useRef<M.editor.ITextModel | null>(null);

  useEffect(() => {
    loadMonaco().then(setMonaco, () => setFailed(true));
  }, []);
  useEffect(() => {
    if (!monaco || !place.current) return;
    const folder = freshFolder('diff');
    const create = (text: string, file: string, side = '') =>
      monaco.editor.createModel(text, languageOf(file), monaco.Uri.parse(`file:///${folder}${side}/${file}`));
    // The neighbours come first: a file that is checked before the files it imports has errors that never go away.
    const models = new Map(
      Object.entries(latest.current.others)
        .filter(([other]) => other !== path)
        .map(([other, text]) => [other, create(text, other)] as const),
    );
    const original = create(before, path, '-before');
    const modified = create(latest.current.after, path);
    models.set(path, modified);
    modified.setEOL(monaco.editor.EndOfLineSequence.LF);
    right.current = modified;
    const editor = monaco.editor.createDiffEditor(place.current, {
      automaticLayout: true,
      readOnly: !editable,
      originalEditable: false,
      renderSideBySide: sideBySide,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      hideUnchangedRegions: { enabled: !editable },
      theme: themeNow(),
      fixedOverflowWidgets: true,
      ...SHOW_HIDDEN,
    });
    editor.setModel({ original, modified });
    for (const side of [editor.getOriginalEditor(), editor.getModifiedEditor()])
      leaveByEscape(side as Parameters<typeof leaveByEscape>[0], () => behind.current);
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let checks = 0;
    const check = async (mine: number) => {
      const wanted = [...new Set([path, ...latest.current.checked])];
      const found = await typeErrors(sessionId, new Map([...models].filter(([file]) => wanted.includes(file)))).catch(
        (error: unknown) => {
          console.warn('not checked', error);
          return [];
        },
      );
      // Another edit, or the end of this editor, came in between.
      if (mine === checks) latest.current.onProblems?.(found);
    };
    const checkSoon = () => {
      clearTimeout(waiting);
      // From here on, not from the check on: what one that is under way finds is of the text before.
      const mine = ++checks;
      if (editable) waiting = setTimeout(() => void check(mine), CHECK_MS);
    };
    const typing = modified.onDidChangeContent(() => {
      latest.current.onChange?.(plainCode(modified.getValue()));
      checkSoon();
    });
    checkSoon();
    return () => {
      checks++;
      clearTimeout(waiting);
      typing.dispose();
      editor.dispose();
      right.current = null;
      original.dispose();
      for (const model of models.values()) model.dispose();
    };
  }, [monaco, sessionId, path, before, editable, sideBySide]);
  // Not whenever `after` differs: while somebody types, it is behind the editor for a moment.
  useEffect(() => {
    const model = right.current;
    const text = latest.current.after;
    if (outside === 0 || !model || model.getValue() === text) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  }, [outside]);

  if (failed) return <p className={styles['note']}>{t.editor.monacoFailed}</p>;
  return (
    <>
      <div ref={place} translate="no" className={styles['diff']}>
        {monaco ? null : <p className={styles['note']}>{t.editor.loading}</p>}
      </div>
      <div ref={behind} className={styles['after']} tabIndex={-1} />
    </>
  );
}
