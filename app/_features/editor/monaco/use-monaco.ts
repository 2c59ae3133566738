// Loads Monaco and makes the one editor of the page in `place`: its keys, its theme, its size, whether it takes keys.
import { useEffect, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { leaveByEscape, loadGuestTypes, loadMonaco, type Monaco, SHOW_HIDDEN, themeNow } from './monaco.ts';

export type Editor = import('monaco-editor/editor').editor.IStandaloneCodeEditor;

export interface MonacoOptions {
  readonly sessionId: string;
  readonly connected: boolean;
  /** The editor takes keys. */
  readonly drives: boolean;
  /** px */
  readonly fontSize: number;
  readonly minimap: boolean;
  /** Ctrl/Cmd+S formats the file. */
  readonly format: boolean;
  /** Ctrl/Cmd+Enter. */
  readonly onRun?: (() => void) | undefined;
  /** Ctrl/Cmd+Shift+Enter. */
  readonly onApply?: (() => void) | undefined;
}

export function useMonaco({ sessionId, connected, drives, fontSize, minimap, format, onRun, onApply }: MonacoOptions) {
  const [monaco, setMonaco] = useState<Monaco | null>(null);
  const [failed, setFailed] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  /** Where Escape moves the focus. */
  const after = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const handlers = useRef({ onRun, onApply, format });
  handlers.current = { onRun, onApply, format };

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
      ...SHOW_HIDDEN,
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
    made.addAction({
      id: 'crowd.format',
      label: t.files.format,
      keybindings: [CtrlCmd | monaco.KeyCode.KeyS],
      run: () => {
        if (handlers.current.format) void made.getAction('editor.action.formatDocument')?.run();
      },
    });
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
    editor.current?.updateOptions({ minimap: { enabled: minimap } });
  }, [minimap, monaco]);
  useEffect(() => {
    if (!monaco) return;
    editor.current?.updateOptions({ readOnly: !drives, readOnlyMessage: { value: t.editor.readOnly } });
  }, [drives, monaco]);

  return { monaco, editor, place, after, failed };
}
