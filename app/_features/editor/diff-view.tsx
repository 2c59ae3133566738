// Two versions of a file side by side in Monaco's diff editor. With `onChange` the right side can be edited.
'use client';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import styles from './code-editor.module.css';
import { languageOf, leaveByEscape, loadGuestTypes, loadMonaco, type Monaco, themeNow } from './monaco.ts';

export interface DiffViewProps {
  readonly sessionId: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Called with the right side's whole text as it is edited; left out, the right side is read-only. */
  readonly onChange?: (text: string) => void;
  /** Called with what the TypeScript worker finds wrong in the right side. */
  readonly onProblems?: (problems: readonly { readonly line: number; readonly message: string }[]) => void;
  readonly sideBySide?: boolean;
  /** The other files of the workspace, so that the TypeScript worker can follow imports. */
  readonly others?: Readonly<Record<string, string>>;
}

const NO_OTHERS: Readonly<Record<string, string>> = {};

export function DiffView(props: DiffViewProps) {
  const { sessionId, path, before, after, onChange, onProblems, sideBySide = true, others = NO_OTHERS } = props;
  const place = useRef<HTMLDivElement>(null);
  const behind = useRef<HTMLDivElement>(null);
  const [monaco, setMonaco] = useState<Monaco | null>(null);
  const [failed, setFailed] = useState(false);
  const scope = `diff-${useId().replace(/[^a-z0-9]/gi, '')}`;
  const editable = onChange !== undefined;
  const callbacks = useRef({ onChange, onProblems });
  callbacks.current = { onChange, onProblems };
  const latest = useRef(after);
  latest.current = after;

  useEffect(() => {
    loadMonaco().then(setMonaco, () => setFailed(true));
  }, []);
  useEffect(() => {
    if (!monaco || !place.current) return;
    loadGuestTypes(sessionId).catch((error: unknown) => console.warn('no declarations for the editor', error));
    const language = languageOf(path);
    const original = monaco.editor.createModel(before, language, monaco.Uri.parse(`file:///${scope}-before/${path}`));
    const modified = monaco.editor.createModel(latest.current, language, monaco.Uri.parse(`file:///${scope}/${path}`));
    modified.setEOL(monaco.editor.EndOfLineSequence.LF);
    const around = Object.entries(others).filter(([other]) => other !== path);
    const neighbours = around.map(([other, text]) =>
      monaco.editor.createModel(text, languageOf(other), monaco.Uri.parse(`file:///${scope}/${other}`)),
    );
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
    });
    editor.setModel({ original, modified });
    for (const side of [editor.getOriginalEditor(), editor.getModifiedEditor()])
      leaveByEscape(side as Parameters<typeof leaveByEscape>[0], () => behind.current);
    const typing = modified.onDidChangeContent(() =>
      callbacks.current.onChange?.(modified.getValue().replace(/\r\n?/g, '\n')),
    );
    const marking = monaco.editor.onDidChangeMarkers((uris) => {
      if (!uris.some((uri) => uri.toString() === modified.uri.toString())) return;
      const found = monaco.editor.getModelMarkers({ resource: modified.uri });
      const errors = found.filter((marker) => marker.severity === monaco.MarkerSeverity.Error);
      callbacks.current.onProblems?.(
        errors.map((marker) => ({ line: marker.startLineNumber, message: marker.message })),
      );
    });
    return () => {
      marking.dispose();
      typing.dispose();
      editor.dispose();
      for (const neighbour of neighbours) neighbour.dispose();
      original.dispose();
      modified.dispose();
    };
  }, [monaco, sessionId, path, before, editable, sideBySide, scope, others]);

  if (failed) return <p className={styles['note']}>{t.editor.monacoFailed}</p>;
  return (
    <>
      <div ref={place} className={styles['diff']}>
        {monaco ? null : <p className={styles['note']}>{t.editor.loading}</p>}
      </div>
      <div ref={behind} className={styles['after']} tabIndex={-1} />
    </>
  );
}
