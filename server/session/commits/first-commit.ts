// What a new session is stored with: the text of its checkpoint, and the events that create it and request its first run.
import { initialState } from '#session-core/model/state.ts';
import { decide } from '#session-core/session.ts';
import { createSharedDocument } from '../../document/document.ts';
import { hashOf } from '../../document/text-store.ts';
import type { Append, SessionRow } from '../../storage/storage.ts';
import type { NewSession } from '../session-api.ts';
import type { SessionCourse } from '../session-courses.ts';

/** Throws Error for a checkpoint that the course does not have. */
export function firstCommit(row: SessionRow, course: SessionCourse, wanted: NewSession): Append {
  const name = wanted.checkpoint ?? course.first;
  const checkpoint = course.checkpoint(name);
  if (!checkpoint) throw new Error(`There is no checkpoint "${name}".`);
  const document = createSharedDocument([]);
  document.replaceTexts(checkpoint.files);
  const texts = Object.entries(document.texts());
  const tree = Object.fromEntries(texts.map(([path, text]) => [path, hashOf(text)]));
  const agenda = course.agenda(wanted.agenda);
  const decided = decide(
    initialState,
    {
      type: 'session.create',
      session: row.id,
      title: wanted.title ?? course.title,
      joinCode: wanted.joinCode,
      approveFirst: wanted.approveFirst ?? false,
      holdout: wanted.holdout ?? 'hidden',
      ...(wanted.language === undefined ? {} : { language: wanted.language }),
      task: checkpoint.task,
      facilitatorHash: wanted.facilitatorHash,
      reusableLink: wanted.reusableLink ?? false,
      tree,
      checkpoint: name,
      ...(agenda ? { agenda } : {}),
    },
    { at: row.createdAt, actor: { participant: null }, cause: 'session.create', facts: { tree } },
  );
  if (!decided.ok) throw new Error(`A session could not be created: ${decided.error.code}`);
  const docUpdates = document.takeUpdates();
  document.destroy();
  return {
    session: row.id,
    expectedSeq: 0,
    events: decided.value,
    docUpdates,
    blobs: Object.fromEntries(texts.map(([, text]) => [hashOf(text), text])),
  };
}
