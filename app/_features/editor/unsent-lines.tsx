// Lines typed here that the session did not take (the seat had moved on): offered for copying, never lost in silence.
import type { UnsentLines } from '#app/_session/doc-provider.ts';
import { t } from '#app/_strings/strings.ts';
import styles from './code-editor.module.css';

export function UnsentLinesPanel({
  unsent,
  onClose,
}: {
  readonly unsent: readonly UnsentLines[];
  readonly onClose: () => void;
}) {
  return (
    <aside className={styles['unsent']} role="alert">
      <p>{t.editor.unsent}</p>
      {unsent.map(({ path, lines }) => (
        <label key={path + lines.join('\n')}>
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
      <button type="button" onClick={onClose}>
        {t.editor.unsentDone}
      </button>
    </aside>
  );
}
