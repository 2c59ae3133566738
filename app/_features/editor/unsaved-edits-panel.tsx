// Edits made here that the server did not take, with the reason: offered for copying.
import { dropUnsavedEdits, useUnsavedEdits } from '#app/_session/text/unsaved-edits.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import styles from './unsaved-edits-panel.module.css';

export function UnsavedEditsPanel({ sessionId }: { readonly sessionId: string }) {
  const edits = useUnsavedEdits(sessionId);
  if (edits.length === 0) return null;
  return (
    <aside className={styles['panel']} role="alert">
      {edits.map(({ reason, files }) => (
        <div className={styles['edits']} key={reason + files.flatMap(({ lines }) => lines).join('\n')}>
          <p>{t.editor.unsavedEdits(reason)}</p>
          {files.map(({ path, lines }) => (
            <label key={path}>
              <span>{path}</span>
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
      <Button onClick={() => dropUnsavedEdits(sessionId)}>{t.editor.unsavedEditsDone}</Button>
    </aside>
  );
}
