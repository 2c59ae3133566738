// What the driver's editor does: binds the open file to its Monaco model, follows the driver, marks the last run's error.
import { useCallback, useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { useActing } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { bindMonaco, drawCursor, driverCursor, shareCursor } from './monaco/bind-monaco.ts';
import { useForgetModels, useModels } from './monaco/use-models.ts';
import { useMonaco } from './monaco/use-monaco.ts';
import { useProblems } from './monaco/use-problems.ts';
import { useText } from './use-text.ts';

/** `toLine`: of a tour, which marks its lines and leaves the focus where it is. */
export type Shown = Place & { readonly toLine?: number };

export interface CodeEditorOptions {
  readonly sessionId: string;
  /** The place of the last run's error, marked in the text. */
  readonly mark: (Place & { readonly message: string }) | null;
  /** Open this place: a click on an error or a suggestion's anchor. A new object opens again. */
  readonly show: Shown | null;
  /** Size of the code in px, whatever the page's font size is. */
  readonly fontSize: number;
  readonly minimap: boolean;
  readonly format: boolean;
  /** The file in front, for composers that anchor a suggestion. */
  readonly onFile?: ((path: string) => void) | undefined;
  readonly onRun?: (() => void) | undefined;
  readonly onApply?: (() => void) | undefined;
}

export function useCodeEditor(options: CodeEditorOptions) {
  const { sessionId, mark, show, fontSize, minimap, format, onFile, onRun, onApply } = options;
  const state = useText(sessionId)?.state ?? null;
  const [path, setPath] = useState<string | null>(null);
  const [following, setFollowing] = useState(true);

  const shown = path !== null && state?.paths.includes(path) ? path : firstFile(state?.paths ?? []);
  const drives = state?.drives ?? false;
  const connected = state?.connected ?? false;
  const { monaco, editor, place, after, failed } = useMonaco({
    sessionId,
    connected,
    drives,
    fontSize,
    minimap,
    format,
    onRun,
    onApply,
  });

  useEffect(() => {
    if (shown) onFile?.(shown);
  }, [shown, onFile]);

  const doc = state?.doc;
  const paths = state?.paths.join('\n') ?? '';
  const models = useModels(monaco, { doc, paths, editor });

  // The open file is bound in both directions.
  const awareness = state?.awareness;
  const { say } = useActing();
  const onTooLarge = useCallback((bytes: number) => say(t.editor.tooLarge(bytes, LIMITS.documentBytes), 'bad'), [say]);
  useEffect(() => {
    const made = editor.current;
    if (!monaco || !made || !doc || !awareness || !shown || !paths.split('\n').includes(shown)) return;
    const file = doc.getMap<Y.Text>('files').get(shown);
    const model = models.current.get(shown);
    if (!file || !model) return;
    made.setModel(model);
    const binding = bindMonaco(monaco, made, { text: file, onTooLarge });
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
  }, [monaco, editor, models, doc, awareness, shown, drives, paths, onTooLarge]);
  useForgetModels(models, paths);
  const problems = useProblems(monaco, models);

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
  }, [editor, awareness, drives, following]);

  useEffect(() => {
    if (!monaco || !shown) return;
    const model = models.current.get(shown);
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
  }, [monaco, models, mark, shown]);

  const [asked, setAsked] = useState<Shown | null>(null);
  useEffect(() => {
    setAsked((before) => show ?? (before?.toLine === undefined ? before : null));
  }, [show]);
  useEffect(() => {
    if (!asked) return;
    setFollowing(false);
    setPath(asked.file);
  }, [asked]);
  useEffect(() => {
    const made = editor.current;
    if (!monaco || !made || !asked || asked.file !== shown) return;
    made.revealLineInCenter(asked.line);
    if (asked.toLine !== undefined) {
      const range = new monaco.Range(asked.line, 1, asked.toLine, 1);
      const lines = made.createDecorationsCollection([
        { range, options: { isWholeLine: true, className: 'tour-lines' } },
      ]);
      return () => lines.clear();
    }
    made.setPosition({ lineNumber: asked.line, column: asked.column ?? 1 });
    made.focus();
    return;
  }, [monaco, editor, asked, shown]);

  return {
    state,
    shown,
    problems,
    drives,
    following,
    follow: () => setFollowing(true),
    open: (file: string) => {
      setFollowing(false);
      setPath(file);
    },
    openPlace: setAsked,
    place,
    after,
    ready: monaco !== null && (state?.loaded ?? false),
    failed: failed && monaco === null,
  };
}

function firstFile(paths: readonly string[]): string | null {
  return paths.find((path) => path === 'params.yaml') ?? paths[0] ?? null;
}
