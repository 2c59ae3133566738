// Handlers of tables that people bring: received as they come, read in a thread, and made the course of a session.
// Invariant: nothing of a table is parsed in this thread; what is wrong with one is a refusal in a sentence.
import type * as v from 'valibot';
import { PipelineError, TablesBusy } from '#sandbox/index.ts';
import {
  type proposalRoute,
  TABLE,
  type tableAnswers,
  type uploadTableRoute,
} from '#session-core/protocol/http-api/table-routes.ts';
import { UploadTooLarge } from '../../session/uploads/table-uploads.ts';
import type { UploadedTable } from '../../session/uploads/uploaded-courses.ts';
import type { AppContext, Handler } from '../app-context.ts';
import { type Failure, httpError, json, refuse } from '../reply.ts';

export const uploadTable: Handler<typeof uploadTableRoute> = async ({ app, request }) => {
  const id = app.newTableId();
  try {
    await app.uploads.receive(id, request);
  } catch (error) {
    if (!(error instanceof UploadTooLarge)) throw error;
    // What is still to come is not waited for.
    return httpError('too_large', { bytes: TABLE.bytes }, { Connection: 'close' });
  }
  const file = await app.uploads.find(id);
  if (file === null) return httpError('no_such_table');
  const read = await reading(() => app.tables.run('overview', { file }));
  if ('error' in read) {
    await app.uploads.remove(id);
    return read;
  }
  return json({ id, ...read.value }, 201);
};

export const proposeTask: Handler<typeof proposalRoute> = async ({ app, params, body }) => {
  const file = await app.uploads.find(params.table);
  if (file === null) return httpError('no_such_table');
  const read = await reading(() => app.tables.run('proposal', { file, target: body.target, kind: body.kind }));
  return 'error' in read ? read : json(read.value);
};

/** null: it is no longer here. */
export async function uploadedTable(
  app: AppContext,
  { id, ...answers }: v.InferOutput<typeof tableAnswers>,
  title: string | undefined,
): Promise<UploadedTable | null> {
  const file = await app.uploads.find(id);
  const named = title?.trim() ?? '';
  return file === null ? null : { file, answers: { ...answers, title: named === '' ? answers.dataset : named } };
}

/** What is wrong with a table, or too much at once, as a refusal. */
export async function reading<T>(read: () => Promise<T>): Promise<{ readonly value: T } | Failure> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof TablesBusy) return refuse('busy');
    if (error instanceof PipelineError) return httpError('bad_table', { why: error.message });
    throw error;
  }
}
