// Edits made here that the server did not accept, with the reason, offered for copying.
import type { UnsavedEdits } from '#app/_session/doc-provider.ts';
import { t } from '#app/_strings/strings.ts';
import styles from './code-editor.module.css';

export function UnsavedEditsPanel({
  edits,
  onClose,
}: {
  readonly edits: readonly UnsavedEdits[];
  readonly onClose: () => void;
}) {
  return (
    <aside className={styles['unsaved']} role="alert">
      {edits.map(({ reason, files }) => (
        <div key={reason + files.flatMap(({ lines }) => lines).join('\n')}>
          <p>{t.editor.unsavedEdits(reason)}</p>
          {files.map(({ path, lines }) => (
            <label key={path}>
              {path}
              {/* A text field can be copied from everywhere; the clipboard API is missing on plain http. */}
              <textarea
                readOnly
                rows={Math.min(6, lines.length)}
                value={lines.join('\n')}
                onFocus={(event) => event.currentTarget.select()}
              />
            </label>
          ))}
        </div>
      ))}
      <button type="button" onClick={onClose}>
        {t.editor.unsavedEditsDone}
      </button>
    </aside>
  );
}
