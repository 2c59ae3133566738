// The draft of a patch: the revision it starts from, the edited files, what is wrong in them, and sending it.
// Invariant: a patch with type errors is not sent, nor one whose last edit was not checked yet; a refusal keeps the draft; it survives the closing of its dialog.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { useApi } from '#app/_session/use-api.ts';
import { useOfView, useSend, useSessionId, useYou } from '#app/_session/use-session.tsx';
import { useStored } from '#app/_session/use-stored.ts';
import { rejectionText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import type { Patch } from '#session-core/model/client-commands.ts';
import { courseRoute, filesRoute } from '#session-core/protocol/http-api/work-routes.ts';
import { hunksOf } from '#session-core/text/patch.ts';
import { formatChanges } from '../editor/monaco/format-changes.ts';
import type { Problem } from '../editor/monaco/type-check.ts';

interface Base {
  readonly revision: number;
  readonly files: Readonly<Record<string, string>>;
}

/** The unfinished draft when the dialog closes (by Escape for instance), restored when it opens again. */
const kept = new Map<string, { readonly base: Base; readonly edited: Readonly<Record<string, string>> }>();

const NO_FILES: Readonly<Record<string, string>> = {};
const NO_PROBLEMS: readonly Problem[] = [];

/** @param file the file to open first @param onSent called after the patch was sent */
export function usePatchDraft(file: string | null, onSent: () => void) {
  const sessionId = useSessionId();
  const send = useSend();
  const draftPreview = useYou()?.draftPreview;
  const newest = useOfView((view) => view.revision);
  const [base, setBase] = useState<Base | null>(() => kept.get(sessionId)?.base ?? null);
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>(() => kept.get(sessionId)?.edited ?? {});
  /** Of the texts as they are now; null: they are being checked. */
  const [problems, setProblems] = useState<readonly Problem[] | null>(null);
  const [path, setPath] = useState<string | null>(file);
  const [sentence, setSentence] = useStored(`cp-patch-${sessionId}`);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  /** Grows when formatting changed the text outside of the editor, so that the editor takes it in. */
  const [formatted, setFormatted] = useState(0);
  const [starts, setStarts] = useState(0);

  useEffect(() => {
    if (starts === 0 && kept.has(sessionId)) return;
    const stop = new AbortController();
    void ask(filesRoute, { params: { id: sessionId } }, stop.signal).then((answer) => {
      if (stop.signal.aborted) return;
      if (answer.ok) setBase(answer.value);
      else setError(answer.error.message);
    });
    return () => stop.abort();
  }, [sessionId, starts]);
  useEffect(() => {
    if (base && Object.keys(edited).length > 0) kept.set(sessionId, { base, edited });
  }, [sessionId, base, edited]);

  const course = useApi(courseRoute, { params: { id: sessionId } });
  const before = base?.files ?? NO_FILES;
  const paths = useMemo(() => Object.keys(before).sort(), [before]);
  // Which file comes first is known with the course: a file that was shown before that would be swapped for another one
  // under the hands of somebody who types already.
  const known = path !== null || course.value !== null || course.error !== null;
  const wanted = [path, course.value?.edit].find((each) => each != null && paths.includes(each));
  const shown = known ? (wanted ?? paths[0] ?? null) : null;
  useEffect(() => {
    if (shown !== null) setPath(shown);
  }, [shown]);
  const changed = paths.filter((each) => edited[each] !== undefined && edited[each] !== before[each]);
  const after = useMemo(() => ({ ...before, ...edited }), [before, edited]);
  const wrong = (problems ?? NO_PROBLEMS).filter((problem) => changed.includes(problem.path));
  const previewIsOfThis = useMemo(
    () => base !== null && isPreviewOf(draftPreview?.patch, base, edited),
    [draftPreview, base, edited],
  );

  const edit = useCallback((each: string, text: string) => {
    setProblems(null);
    setEdited((all) => ({ ...all, [each]: text }));
  }, []);
  const startAgain = () => {
    kept.delete(sessionId);
    setEdited({});
    setProblems(null);
    setError(null);
    setBase(null);
    setStarts(starts + 1);
  };
  const buildPatch = async (): Promise<Patch | null> => {
    if (!base || changed.length === 0) return null;
    const files = [];
    const tidy: Record<string, string> = {};
    for (const each of changed) {
      const old = before[each] ?? '';
      const text = edited[each] ?? '';
      const better = await formatChanges(each, text, hunksOf(old, text));
      tidy[each] = better;
      const hunks = hunksOf(old, better);
      if (hunks.length > 0) files.push({ path: each, hunks: [...hunks] });
    }
    if (changed.some((each) => tidy[each] !== edited[each])) {
      setEdited({ ...edited, ...tidy });
      setFormatted(formatted + 1);
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

  const checking = changed.length > 0 && problems === null;
  const mayPreview = changed.length > 0 && !checking && wrong.length === 0 && !busy;
  return {
    revision: base?.revision ?? null,
    /** The revision it starts from, and the same with the edits. */
    before,
    after,
    paths,
    shown,
    changed,
    wrong,
    checking,
    formatted,
    sentence,
    error,
    draftPreview,
    previewIsOfThis,
    mayPreview,
    maySend: mayPreview && sentence.trim() !== '',
    mayStartAgain: base !== null && (changed.length > 0 || base.revision < newest),
    open: setPath,
    edit,
    setProblems,
    setSentence,
    startAgain,
    submit,
    preview,
  };
}

/** Whether the private preview belongs to the text that is in the editor now. */
function isPreviewOf(patch: Patch | undefined, base: Base, edited: Readonly<Record<string, string>>): boolean {
  if (!patch || patch.revision !== base.revision) return false;
  const now = Object.keys(edited).filter((each) => edited[each] !== base.files[each]);
  return (
    patch.files.length === now.length &&
    patch.files.every(
      ({ path, hunks }) =>
        JSON.stringify(hunks) === JSON.stringify(hunksOf(base.files[path] ?? '', edited[path] ?? '')),
    )
  );
}
