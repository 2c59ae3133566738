// Writes a patch, on laptops: edit the code of a revision in a diff view, preview it privately, send it with a sentence.
// Invariant: a patch with type errors is not sent; a refusal keeps the draft; only the author sees the private preview.
'use client';
import { useEffect, useMemo, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { useOfView, useSend, useSessionId, useYou } from '#app/_session/use-session.tsx';
import { useStored } from '#app/_session/use-stored.ts';
import { rejectionText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import type { Patch } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { filesRoute } from '#session-core/protocol/http-api/work-routes.ts';
import { hunksOf } from '#session-core/text/patch.ts';
import { DiffView } from '../editor/diff-view.tsx';
import { FileTabs } from '../editor/file-tabs.tsx';
import { formatChanges } from '../editor/format-changes.ts';
import styles from './patch-composer.module.css';
import { PreviewLine } from './preview-line.tsx';

interface Base {
  readonly revision: number;
  readonly files: Readonly<Record<string, string>>;
}
type Problems = Readonly<Record<string, readonly { readonly line: number; readonly message: string }[]>>;

export interface PatchComposerProps {
  /** The file to open first. */
  readonly file?: string | null;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

/** The unfinished draft when the dialog closes (by Escape for instance), restored when it opens again. */
const kept = new Map<string, { readonly base: Base; readonly edited: Readonly<Record<string, string>> }>();

export function PatchComposer({ file = null, onSent, onCancel }: PatchComposerProps) {
  const sessionId = useSessionId();
  const send = useSend();
  const you = useYou();
  const newest = useOfView((view) => view.revision);
  const [base, setBase] = useState<Base | null>(() => kept.get(sessionId)?.base ?? null);
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>(() => kept.get(sessionId)?.edited ?? {});
  const [problems, setProblems] = useState<Problems>({});
  const [path, setPath] = useState<string | null>(file);
  const [sentence, setSentence] = useStored(`cp-patch-${sessionId}`);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  /** Grows when formatting changed the text outside of the editor, so that the editor loads it again. */
  const [round, setRound] = useState(0);

  const [wanted, setWanted] = useState(0);

  useEffect(() => {
    if (wanted === 0 && kept.has(sessionId)) return;
    const stop = new AbortController();
    void ask(filesRoute, { params: { id: sessionId } }, stop.signal).then((answer) => {
      if (stop.signal.aborted) return;
      if (answer.ok) setBase(answer.value);
      else setError(answer.error.message);
    });
    return () => stop.abort();
  }, [sessionId, wanted]);
  useEffect(() => {
    if (base && Object.keys(edited).length > 0) kept.set(sessionId, { base, edited });
  }, [sessionId, base, edited]);
  const startAgain = () => {
    kept.delete(sessionId);
    setEdited({});
    setProblems({});
    setError(null);
    setBase(null);
    setWanted(wanted + 1);
  };

  const paths = useMemo(() => Object.keys(base?.files ?? {}).sort(), [base]);
  const shown =
    path !== null && paths.includes(path)
      ? path
      : (paths.find((each) => each === 'src/student.ts') ?? paths[0] ?? null);
  const changed = base ? paths.filter((each) => edited[each] !== undefined && edited[each] !== base.files[each]) : [];
  const wrong = changed.flatMap((each) => (problems[each] ?? []).map((problem) => ({ ...problem, path: each })));
  // Whether the private preview belongs to the text that is in the editor now.
  const tried = useMemo(() => {
    const asked = you?.draftPreview?.patch;
    if (!asked || !base || asked.revision !== base.revision) return false;
    const now = Object.keys(edited).filter((each) => edited[each] !== base.files[each]);
    return (
      asked.files.length === now.length &&
      asked.files.every(
        ({ path: each, hunks }) =>
          JSON.stringify(hunks) === JSON.stringify(hunksOf(base.files[each] ?? '', edited[each] ?? '')),
      )
    );
  }, [you?.draftPreview, base, edited]);
  const others = useMemo(() => base?.files ?? {}, [base]);

  const buildPatch = async (): Promise<Patch | null> => {
    if (!base || changed.length === 0) return null;
    const files = [];
    const formatted: Record<string, string> = {};
    for (const each of changed) {
      const before = base.files[each] ?? '';
      const after = edited[each] ?? '';
      const text = await formatChanges(each, after, hunksOf(before, after));
      formatted[each] = text;
      const hunks = hunksOf(before, text);
      if (hunks.length > 0) files.push({ path: each, hunks: [...hunks] });
    }
    if (changed.some((each) => formatted[each] !== edited[each])) {
      setEdited({ ...edited, ...formatted });
      setRound(round + 1);
    }
    return files.length > 0 ? { revision: base.revision, files } : null;
  };
  const act = async (then: (patch: Patch) => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      const patch = await buildPatch();
      if (patch) await then(patch);
      else setError(t.patch.nothing);
    } finally {
      setBusy(false);
    }
  };
  const submit = () =>
    act(async (patch) => {
      const ack = await send({ type: 'suggestion.add', text: sentence, patch });
      if (ack.ok) {
        setSentence('');
        kept.delete(sessionId);
        onSent();
      } else setError(rejectionText(ack.rejection));
    });
  const preview = () =>
    act(async (patch) => {
      const ack = await send({ type: 'preview.request', patch });
      if (!ack.ok) setError(rejectionText(ack.rejection));
    });

  const maySend = changed.length > 0 && wrong.length === 0 && sentence.trim() !== '' && !busy;
  return (
    <section className={styles['composer']} aria-label={t.patch.head}>
      <FileTabs paths={paths} shown={shown} marked={wrong[0]?.path ?? null} onOpen={setPath}>
        <span className={styles['base']}>{base ? t.patch.against(base.revision) : t.editor.loading}</span>
      </FileTabs>
      <div className={styles['diff']}>
        {base && shown ? (
          <DiffView
            key={`${shown}/${round}`}
            sessionId={sessionId}
            path={shown}
            before={base.files[shown] ?? ''}
            after={edited[shown] ?? base.files[shown] ?? ''}
            others={others}
            onChange={(text) => setEdited((all) => ({ ...all, [shown]: text }))}
            onProblems={(found) => setProblems((all) => ({ ...all, [shown]: found }))}
          />
        ) : null}
      </div>
      <form
        className={styles['foot']}
        onSubmit={(event) => {
          event.preventDefault();
          if (maySend) void submit();
        }}
      >
        {wrong.length > 0 ? <p className={styles['error']}>{t.patch.problems(wrong.length)}</p> : null}
        {wrong.length > 0 ? (
          <ul className={styles['problems']} role="status">
            {wrong.slice(0, 3).map((problem) => (
              <li key={`${problem.path}:${problem.line}:${problem.message}`}>
                <code>
                  {problem.path}:{problem.line}
                </code>{' '}
                {problem.message}
              </li>
            ))}
          </ul>
        ) : null}
        {you?.draftPreview ? (
          <div role="status">
            <PreviewLine preview={you.draftPreview} />
            <p className={styles['base']}>{tried ? t.patch.private : t.patch.earlier}</p>
          </div>
        ) : null}
        {error ? (
          <p className={styles['error']} role="alert">
            {error}
          </p>
        ) : null}
        <label className={styles['sentence']}>
          {t.patch.sentence}
          <input
            dir="auto"
            maxLength={LIMITS.suggestion}
            value={sentence}
            placeholder={t.patch.placeholder}
            onChange={(event) => setSentence(event.target.value)}
          />
        </label>
        <div className={styles['keys']}>
          {base && (changed.length > 0 || base.revision < newest) ? (
            <button type="button" className={styles['quiet']} onClick={startAgain}>
              {t.patch.startAgain}
            </button>
          ) : null}
          <button type="button" className={styles['quiet']} onClick={onCancel}>
            {t.close}
          </button>
          <button
            type="button"
            className={styles['quiet']}
            disabled={changed.length === 0 || wrong.length > 0 || busy}
            onClick={() => void preview()}
          >
            {t.patch.tryIt}
          </button>
          <button type="submit" className={styles['send']} disabled={!maySend}>
            {t.patch.send}
          </button>
        </div>
      </form>
    </section>
  );
}
