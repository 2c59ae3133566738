// The driver's editor: Monaco with the session's files, tabs, error markers of the last run, and the save status.
// Invariant: the text shows before Monaco has loaded; read-only unless this tab drives; never mounted on phones.
'use client';
import { useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { bindMonaco, drawCursor, driverCursor, shareCursor } from './bind-monaco.ts';
import styles from './code-editor.module.css';
import { FileTabs } from './file-tabs.tsx';
import { LiveCode } from './live-code.tsx';
import { fileUri, leaveByEscape, loadGuestTypes, loadMonaco, type Monaco, themeNow } from './monaco.ts';
import { SaveStatus, useLeaveWarning } from './save-status.tsx';
import { UnsavedEditsPanel } from './unsaved-edits-panel.tsx';
import { useForgetModels, useModels } from './use-models.ts';
import { useText } from './use-text.ts';

type Editor = import('monaco-editor/editor').editor.IStandaloneCodeEditor;

export interface CodeEditorProps {
  readonly sessionId: string;
  /** The place of the last run's error, marked in the text. */
  readonly mark?: (Place & { readonly message: string }) | null;
  /** Ctrl/Cmd+Enter. */
  readonly onRun?: () => void;
  /** Ctrl/Cmd+Shift+Enter. */
  readonly onApply?: () => void;
  /** Open this place: a click on an error or a suggestion's anchor. A new object opens again. */
  readonly show?: Place | null;
  /** The file in front, for composers that anchor a suggestion. */
  readonly onFile?: (path: string) => void;
  /** Rem-independent size of the code in px. */
  readonly fontSize?: number;
}

export function CodeEditor(props: CodeEditorProps) {
  const { sessionId, mark = null, onRun, onApply, show = null, onFile, fontSize = 15 } = props;
  const text = useText(sessionId);
  const state = text?.state ?? null;
  const [path, setPath] = useState<string | null>(null);
  const [monaco, setMonaco] = useState<Monaco | null>(null);
  const [failed, setFailed] = useState(false);
  const [following, setFollowing] = useState(true);
  const place = useRef<HTMLDivElement>(null);
  const after = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const handlers = useRef({ onRun, onApply });
  handlers.current = { onRun, onApply };

  const shown = path !== null && state?.paths.includes(path) ? path : firstFile(state?.paths ?? []);
  const drives = state?.drives ?? false;

  const connected = state?.connected ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a connection that is back is a reason to try again
  useEffect(() => {
    if (monaco) return;
    loadMonaco().then(setMonaco, () => setFailed(true));
  }, [monaco, connected]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    // Without the declarations there is no completion, but editing still works.
    if (monaco) void loadGuestTypes(sessionId);
  }, [monaco, sessionId, connected]);
  useEffect(() => {
    if (shown) onFile?.(shown);
  }, [shown, onFile]);

  useEffect(() => {
    if (!monaco || !place.current) return;
    const made = monaco.editor.create(place.current, {
      model: null,
      automaticLayout: true,
      fontSize: 15,
      lineNumbersMinChars: 3,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      tabSize: 2,
      theme: themeNow(),
      fixedOverflowWidgets: true,
      unicodeHighlight: { ambiguousCharacters: false },
      'semanticHighlighting.enabled': true,
    });
    editor.current = made;
    const { CtrlCmd, Shift } = monaco.KeyMod;
    const enter = monaco.KeyCode.Enter;
    const actions = [
      { id: 'crowd.run', label: t.keys.run, keybindings: [CtrlCmd | enter], run: () => handlers.current.onRun?.() },
      {
        id: 'crowd.apply',
        label: t.keys.apply,
        keybindings: [CtrlCmd | Shift | enter],
        run: () => handlers.current.onApply?.(),
      },
    ];
    for (const action of actions) made.addAction(action);
    leaveByEscape(made, () => after.current);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const updateTheme = () => monaco.editor.setTheme(themeNow());
    dark.addEventListener('change', updateTheme);
    return () => {
      dark.removeEventListener('change', updateTheme);
      editor.current = null;
      made.dispose();
    };
  }, [monaco]);

  useEffect(() => {
    if (!monaco) return;
    editor.current?.updateOptions({ fontSize, lineHeight: Math.round(fontSize * 1.5) });
  }, [fontSize, monaco]);
  useEffect(() => {
    if (!monaco) return;
    editor.current?.updateOptions({ readOnly: !drives, readOnlyMessage: { value: t.editor.readOnly } });
  }, [drives, monaco]);

  const doc = state?.doc;
  const paths = state?.paths.join('\n') ?? '';
  const models = useModels(monaco, { doc, paths, editor });

  // The open file is bound in both directions.
  const awareness = state?.awareness;
  useEffect(() => {
    const made = editor.current;
    if (!monaco || !made || !doc || !awareness || !shown || !paths.split('\n').includes(shown)) return;
    const file = doc.getMap<Y.Text>('files').get(shown);
    const model = monaco.editor.getModel(fileUri(monaco, shown));
    if (!file || !model) return;
    made.setModel(model);
    const binding = bindMonaco(monaco, file, made);
    // Monaco's history would also undo edits of others; ours undoes only what was typed here.
    const keys = made.onKeyDown((event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const redo = event.keyCode === monaco.KeyCode.KeyY || (event.keyCode === monaco.KeyCode.KeyZ && event.shiftKey);
      if (!redo && event.keyCode !== monaco.KeyCode.KeyZ) return;
      event.preventDefault();
      event.stopPropagation();
      if (!made.getOption(monaco.editor.EditorOption.readOnly)) redo ? binding.redo() : binding.undo();
    });
    const undraw = drawCursor(monaco, made, { text: file, file: shown, awareness });
    const unshare = drives ? shareCursor(made, file, { file: shown, awareness }) : () => {};
    return () => {
      unshare();
      undraw();
      keys.dispose();
      binding.destroy();
    };
  }, [monaco, doc, awareness, shown, drives, paths]);
  useForgetModels(models, paths);

  useEffect(() => {
    if (!awareness || drives || !following) return;
    const follow = () => {
      const cursor = driverCursor(awareness);
      if (!cursor) return;
      setPath(cursor.file);
      const made = editor.current;
      const seen = made?.getVisibleRanges()[0];
      if (made && seen && cursor.visible && seen.startLineNumber !== cursor.visible[0])
        made.revealLineNearTop(cursor.visible[0]);
    };
    follow();
    awareness.on('change', follow);
    return () => awareness.off('change', follow);
  }, [awareness, drives, following]);

  useEffect(() => {
    if (!monaco || !shown) return;
    const model = monaco.editor.getModel(fileUri(monaco, shown));
    if (!model) return;
    const here = mark && mark.file === shown && mark.line <= model.getLineCount();
    const line = here ? mark.line : 1;
    const column = here ? Math.min(mark.column ?? 1, model.getLineMaxColumn(line)) : 1;
    const end = here ? Math.max(column + 1, model.getLineMaxColumn(line)) : 1;
    const markers = here
      ? [
          {
            severity: monaco.MarkerSeverity.Error,
            message: mark.message,
            startLineNumber: line,
            startColumn: column,
            endLineNumber: line,
            endColumn: end,
          },
        ]
      : [];
    monaco.editor.setModelMarkers(model, 'run', markers);
  }, [monaco, mark, shown]);

  useEffect(() => {
    if (!show) return;
    setFollowing(false);
    setPath(show.file);
  }, [show]);
  useEffect(() => {
    const made = editor.current;
    if (!monaco || !made || !show || show.file !== shown) return;
    made.revealLineInCenter(show.line);
    made.setPosition({ lineNumber: show.line, column: show.column ?? 1 });
    made.focus();
  }, [monaco, show, shown]);

  const open = (file: string) => {
    setFollowing(false);
    setPath(file);
  };
  useLeaveWarning(state !== null && !state.saved && state.closed === null);

  // Once there is text the editor stays visible while disconnected: hidden it would lose the focus, and keys would go to
  // the page.
  const ready = monaco !== null && state?.loaded;
  return (
    <section className={styles['frame']} aria-label={t.editor.label}>
      <FileTabs paths={state?.paths ?? []} shown={shown} marked={mark?.file ?? null} onOpen={open}>
        {!drives && !following ? (
          <button type="button" className={styles['pill']} onClick={() => setFollowing(true)}>
            {t.editor.backToLive}
          </button>
        ) : null}
        <SaveStatus state={state} />
      </FileTabs>
      <UnsavedEditsPanel sessionId={sessionId} />
      <div className={styles['body']}>
        {ready ? null : <LiveCode sessionId={sessionId} path={shown} plain fontSize={fontSize} />}
        {failed && !monaco ? <p className={styles['note']}>{t.editor.monacoFailed}</p> : null}
        <div ref={place} className={styles['monaco']} hidden={!ready} />
        <div ref={after} className={styles['after']} tabIndex={-1} />
      </div>
    </section>
  );
}

function firstFile(paths: readonly string[]): string | null {
  return paths.find((path) => path === 'params.yaml') ?? paths[0] ?? null;
}
