// The driver's editor: Monaco with the session's files, tabs, error markers of the last run, and the save status.
// Invariant: the text shows before Monaco has loaded; read-only unless this tab drives; never mounted on phones.
'use client';
import { t } from '#app/_strings/strings.ts';
import styles from './code-editor.module.css';
import { useEditorSettings } from './editor-settings.ts';
import { FileActions } from './file-actions.tsx';
import { FileTabs } from './file-tabs.tsx';
import { LiveCode } from './live-code.tsx';
import { ProblemList } from './problem-list.tsx';
import { SaveStatus, useLeaveWarning } from './save-status.tsx';
import { UnsavedEditsPanel } from './unsaved-edits-panel.tsx';
import { type CodeEditorOptions, useCodeEditor } from './use-code-editor.ts';
import { useTextBlocked } from './use-fallback-files.ts';

type Required = 'sessionId' | 'onFile' | 'onRun' | 'onApply';
export type CodeEditorProps = Pick<CodeEditorOptions, Required> &
  Partial<Omit<CodeEditorOptions, Required | 'minimap' | 'format'>>;

export function CodeEditor(props: CodeEditorProps) {
  const { sessionId, mark = null, show = null } = props;
  const settings = useEditorSettings(props.fontSize ?? 15);
  const { minimap, format, size: fontSize } = settings;
  const editor = useCodeEditor({ ...props, mark, show, fontSize, minimap, format });
  const { state, shown } = editor;
  const blocked = useTextBlocked(state);
  useLeaveWarning(state !== null && !state.saved && state.closed === null);

  return (
    <section className={styles['frame']} aria-label={t.editor.label}>
      <FileTabs paths={state?.paths ?? []} shown={shown} marked={mark?.file ?? null} onOpen={editor.open}>
        {!editor.drives && !editor.following ? (
          <button type="button" className={styles['pill']} onClick={editor.follow}>
            {t.editor.backToLive}
          </button>
        ) : null}
        <SaveStatus state={state} />
        {state && editor.ready ? (
          <FileActions
            state={state}
            shown={shown}
            settings={settings}
            onOpen={editor.open}
            onPlace={editor.openPlace}
          />
        ) : null}
      </FileTabs>
      {blocked && editor.ready ? (
        <p className={styles['blocked']} role="status">
          {t.editor.blocked}
        </p>
      ) : null}
      <UnsavedEditsPanel sessionId={sessionId} />
      <div className={styles['body']}>
        {editor.ready ? null : <LiveCode sessionId={sessionId} path={shown} plain fontSize={fontSize} />}
        {editor.failed ? <p className={styles['note']}>{t.editor.monacoFailed}</p> : null}
        {/* Once there is text the editor stays visible while disconnected: hidden it would lose the focus, and keys
            would go to the page. */}
        <div ref={editor.place} translate="no" className={styles['monaco']} hidden={!editor.ready} />
        <div ref={editor.after} className={styles['after']} tabIndex={-1} />
      </div>
      <ProblemList problems={editor.problems} onPlace={editor.openPlace} />
    </section>
  );
}
