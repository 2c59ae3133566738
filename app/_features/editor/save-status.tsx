// Whether what the driver typed is on the server, in plain words. "Saved" is shown only while connected, and only when
// everything typed here is stored.
import { useEffect } from 'react';
import type { TextState } from '#app/_session/text/doc-provider.ts';
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import styles from './code-editor.module.css';

type Seen = Pick<
  TextState,
  'drives' | 'loaded' | 'connected' | 'unreachable' | 'saved' | 'unsaved' | 'storageFailed' | 'closed'
>;

interface Said {
  readonly text: string;
  /** Changes often, so it is hidden from screen readers. */
  readonly detail?: string;
  /** Something the driver should know before typing on. */
  readonly bad?: boolean;
}

export function saveStatus(state: Seen | null): Said {
  if (state?.unreachable && !state.loaded) return { text: t.editor.offline, bad: true };
  if (!state?.loaded) return { text: t.editor.loading };
  const { drives, connected, saved, unsaved, storageFailed, closed } = state;
  if (closed !== null) return { text: t.editor.closed, bad: true };
  // A deletion counts no characters, but is not saved either.
  const detail = saved ? t.editor.allSaved : unsaved > 0 ? t.editor.notSaved(unsaved) : t.editor.changesNotSaved;
  if (storageFailed && !saved) return { text: t.editor.storageFailed, detail, bad: true };
  if (!connected) return { text: t.editor.offline, ...(drives ? { detail } : {}), bad: true };
  if (!drives) return { text: t.editor.watching };
  return { text: saved ? t.editor.saved : t.editor.saving };
}

/** `badOnly`: for those who cannot type, and only need to know that the text they see may be old. */
export function SaveStatus({
  state,
  badOnly = false,
}: {
  readonly state: TextState | null;
  readonly badOnly?: boolean;
}) {
  const { text, detail, bad = false } = saveStatus(state);
  if (badOnly && !bad) return null;
  return (
    <span className={styles['saved']} data-save-status data-bad={bad}>
      {bad ? <Icon name="warning" size={16} /> : null}
      <span role="status">{text}</span>
      {detail ? <span aria-hidden="true">{`: ${detail}`}</span> : null}
    </span>
  );
}

/** The browser asks for confirmation before it closes or reloads a page with unsaved edits. */
export function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}
