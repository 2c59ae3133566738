// Writes a patch, on laptops: edit the code of a revision in a diff view, preview it privately, send it with a sentence.
'use client';
import { useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { DiffView } from '../editor/diff-view.tsx';
import { FileTabs } from '../editor/file-tabs.tsx';
import styles from './patch-composer.module.css';
import { PreviewLine } from './preview-line.tsx';
import { usePatchDraft } from './use-patch-draft.ts';

export interface PatchComposerProps {
  /** The file to open first. */
  readonly file?: string | null;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

export function PatchComposer({ file = null, onSent, onCancel }: PatchComposerProps) {
  const sessionId = useSessionId();
  const draft = usePatchDraft(file, onSent);
  const { shown, wrong, revision } = draft;
  return (
    <section className={styles['composer']} aria-label={t.compose.changeCode}>
      <FileTabs paths={draft.paths} shown={shown} marked={wrong[0]?.path ?? null} onOpen={draft.open}>
        <span className={styles['base']}>{revision === null ? t.editor.loading : t.patch.against(revision)}</span>
      </FileTabs>
      <div className={styles['diff']}>
        {shown ? (
          <DiffView
            sessionId={sessionId}
            path={shown}
            before={draft.before[shown] ?? ''}
            after={draft.after[shown] ?? ''}
            outside={draft.formatted}
            others={draft.after}
            checked={draft.changed}
            onChange={(text) => draft.edit(shown, text)}
            onProblems={draft.setProblems}
          />
        ) : null}
      </div>
      <form
        className={styles['foot']}
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.maySend) void draft.submit();
        }}
      >
        {wrong.length > 0 ? <p className={styles['error']}>{t.patch.problems(wrong.length)}</p> : null}
        {wrong.length > 0 ? (
          <ul className={styles['problems']} role="status">
            {wrong.slice(0, 3).map((problem) => (
              <li key={`${problem.path}:${problem.line}:${problem.message}`}>
                <code translate="no">{`${problem.path}:${problem.line}`}</code> <span>{problem.message}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {draft.draftPreview ? (
          <div role="status">
            <PreviewLine preview={draft.draftPreview} />
            <p className={styles['base']}>{draft.previewIsOfThis ? t.patch.private : t.patch.earlier}</p>
          </div>
        ) : null}
        {draft.error ? (
          <p className={styles['error']} role="alert">
            {draft.error}
          </p>
        ) : null}
        <label className={styles['sentence']}>
          <span>{t.patch.sentence}</span>
          <input
            dir="auto"
            maxLength={LIMITS.suggestion}
            value={draft.sentence}
            placeholder={t.patch.placeholder}
            onChange={(event) => draft.setSentence(event.target.value)}
          />
        </label>
        <div className={styles['keys']}>
          {draft.checking ? <span className={styles['base']}>{t.patch.checking}</span> : null}
          {draft.mayStartAgain ? (
            <button type="button" className={styles['quiet']} onClick={draft.startAgain}>
              {t.patch.startAgain}
            </button>
          ) : null}
          <button type="button" className={styles['quiet']} onClick={onCancel}>
            {t.close}
          </button>
          <button
            type="button"
            className={styles['quiet']}
            disabled={!draft.mayPreview}
            onClick={() => void draft.preview()}
          >
            {t.patch.tryIt}
          </button>
          <button type="submit" className={styles['send']} disabled={!draft.maySend}>
            {t.patch.send}
          </button>
        </div>
      </form>
    </section>
  );
}
