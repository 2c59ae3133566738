// Handlers of what a session has made: its files, runs, predictions and activity. They answer nothing private.
import type { RunReport } from '#pipeline-core/core/report.ts';
import { isChecking, isSuspect } from '#session-core/model/findings.ts';
import type {
  activityRoute,
  courseRoute,
  filesRoute,
  guestTypesRoute,
  holdoutRoute,
  predictRoute,
  runRoute,
  runsRoute,
} from '#session-core/protocol/http-api/work-routes.ts';
import { maySeeRun } from '#session-core/view/view-run.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import type { SessionReadings } from '../../session/session-api.ts';
import type { Handler } from '../app-context.ts';
import { isFacilitator } from '../dispatch.ts';
import { type Failure, httpError, json, refuse } from '../reply.ts';

export const files: Handler<typeof filesRoute> = async ({ session, query }) => {
  const { revision } = query;
  const found = await session.files(...(revision === undefined ? [] : [Number(revision)]));
  if (!found) return refuse('not_found', { what: 'revision', id: revision ?? '' });
  return json({ revision: found.revision, files: found.files, data: session.data() });
};

export const course: Handler<typeof courseRoute> = ({ session }) => {
  const found = session.course();
  const { id, title, language, edit, schema, agendas } = found;
  const checkpoints = found.checkpoints.map(({ name, title: named, task }) => ({ name, title: named, task }));
  return json({ id, title, language, edit, columns: schema.columns, checkpoints, agendas });
};

/** Oldest first. */
export const runs: Handler<typeof runsRoute> = ({ session }) => {
  const rows = Object.values(session.view().runs).sort(
    (a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1),
  );
  return json({ runs: rows });
};

export const run: Handler<typeof runRoute> = async ({ session, params, query, who }) => {
  const id = params.run;
  const row = visibleRun(session, id, who?.participant ?? null);
  if (!row) return refuse('not_found', { what: 'run', id });
  const report = await session.report(id, query.predictions === 'false' ? 'page' : undefined);
  return json({ ...row, ...(report ? openParts(report, row) : {}) });
};

// A preview of a patch not yet sent is its author's alone, until the view that everyone has holds it.
export function visibleRun(session: SessionReadings, id: string, who: string | null): RunView | null {
  const shown = session.view().runs[id];
  if (shown) return shown;
  const kept = session.state().runs[id];
  if (!kept || who === null) return null;
  if (!maySeeRun(session.state(), id, { kind: 'you', participant: who })) return null;
  const { kind, status, revision, suggestion, why, by, requestedAt, startedAt, endedAt, report } = kept;
  return {
    id,
    kind,
    status,
    revision,
    why,
    by,
    requestedAt,
    stages: [],
    metrics: {},
    findings: report?.findings ?? [],
    ...(isChecking(kept) ? { checking: true as const } : {}),
    ...(isSuspect(kept) ? { suspect: true as const } : {}),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

// The row has the findings of checks that followed the report, and the hold-out score where the settings show it; the
// report has the score always.
function openParts(report: RunReport, row: RunView) {
  const { holdout: _, stages, metrics, plots, log, error, predictions, ms } = report;
  return {
    stages,
    metrics,
    plots,
    log,
    ms,
    ...(error ? { error } : {}),
    ...(predictions ? { predictions } : {}),
    ...(row.holdout === undefined ? {} : { holdout: row.holdout }),
  };
}

/** Closed until the facilitator's reveal, unless the session shows it always. */
export const holdout: Handler<typeof holdoutRoute> = async ({ session }) => json({ runs: await session.holdout() });

export const predict: Handler<typeof predictRoute> = async ({ app, session, who, body }) => {
  const leak = forbiddenInput(session, body.row);
  if (leak !== null) return leak;
  if (!(await app.predictions.turn(`${session.id}:${who.participant}`))) return httpError('superseded');
  try {
    return json(await session.predict(body.row));
  } catch (error) {
    return noAnswer(error);
  }
};

/** What the task forbids as an input is not known yet when a prediction is made. */
export function forbiddenInput(session: SessionReadings, row: Readonly<Record<string, unknown>>): Failure | null {
  const { forbidden } = session.state().task;
  const leak = forbidden.find((name) => Object.hasOwn(row, name));
  if (leak === undefined) return null;
  return refuse('invalid', { fault: 'forbidden_input', field: `row.${leak}`, forbidden: forbidden.join(', ') });
}

/** The sandbox says why in a sentence of its own; anything else is our bug and goes to the log by the caller. */
export function noAnswer(error: unknown): Failure {
  if (!(error instanceof Error)) throw error;
  const why = error.message.replace(/\.$/, '');
  if (error.name === 'RowsRefused') return httpError('predict_refused', { why });
  if (error.name === 'PredictUnavailable') return httpError('predict_unavailable', { why });
  throw error;
}

/** Newest last. Facilitators also see moderation. */
export const activity: Handler<typeof activityRoute> = ({ session, who }) => {
  const open = !isFacilitator(session, who?.participant);
  return json({ activity: open ? session.view().activity : session.state().activity });
};

/** For the editor: `params()` is typed by the params.yaml of the newest revision. */
export const guestTypes: Handler<typeof guestTypesRoute> = async ({ app, session }) => {
  const read = await session.files(session.state().revision);
  return json({ files: app.guestTypes(read?.files['params.yaml']) });
};
