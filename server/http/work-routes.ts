// The doors to what a session has made: its files, runs, predictions and its feed. Nothing private passes them.
import * as v from 'valibot';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { maySeeRun } from '#session-core/view/view-run.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import type { LiveSession } from '../session/session-api.ts';
import { type Door, forJoined, inSession, isFacilitator } from './app-context.ts';
import { readBody } from './body.ts';
import { json, refuse, turnAway } from './reply.ts';

const REVISION = /^[1-9]\d{0,8}$/;
const rowSchema = v.strictObject({
  row: v.pipe(
    v.record(
      v.pipe(v.string(), v.maxLength(60)),
      v.union([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.number(), v.finite())]),
    ),
    v.check((row) => Object.keys(row).length <= 200, 'at most 200 columns'),
  ),
});

export const files: Door = inSession(async ({ session, url }) => {
  const asked = url.searchParams.get('revision');
  if (asked !== null && !REVISION.test(asked)) return refuse('invalid', { fault: 'not_integer', field: 'revision' });
  const found = await session.files(...(asked === null ? [] : [Number(asked)]));
  if (!found) return refuse('not_found', { what: 'revision', id: asked ?? '' });
  return json({ revision: found.revision, files: found.files, data: session.data() });
});

/** Oldest first. */
export const runs: Door = inSession(({ session }) => {
  const rows = Object.values(session.view().runs).sort(
    (a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1),
  );
  return json({ runs: rows });
});

export const run: Door = inSession(async ({ session, params, who }) => {
  const id = params['run'] ?? '';
  const row = visibleRun(session, id, who?.participant ?? null);
  if (!row) return refuse('not_found', { what: 'run', id });
  const report = await session.report(id);
  return json({ ...row, ...(report ? openParts(report, row) : {}) });
});

// A preview of a patch not yet sent is its author's alone, until the view that everyone has holds it.
function visibleRun(session: LiveSession, id: string, who: string | null): Partial<RunView> | null {
  const shown = session.view().runs[id];
  if (shown) return shown;
  const kept = session.state().runs[id];
  if (!kept || who === null) return null;
  if (!maySeeRun(session.state(), id, { kind: 'you', participant: who })) return null;
  const { kind, status, revision, suggestion, why, by, requestedAt, startedAt, endedAt } = kept;
  return {
    id,
    kind,
    status,
    revision,
    why,
    by,
    requestedAt,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

// The sealed score stands in the row where the settings show it; the report knows it always.
function openParts(report: RunReport, row: Partial<RunView>) {
  const { holdout: _, stages, metrics, plots, log, findings, error, predictions, ms } = report;
  return {
    stages,
    metrics,
    plots,
    log,
    findings,
    ms,
    ...(error ? { error } : {}),
    ...(predictions ? { predictions } : {}),
    ...(row.holdout === undefined ? {} : { holdout: row.holdout }),
  };
}

/** Closed until the facilitator's reveal, unless the session shows it always. */
export const holdout: Door = inSession(async ({ session }) => json({ runs: await session.holdout() }));

export const predict: Door = forJoined(async ({ house, request, session, who }) => {
  const body = await readBody(request, rowSchema);
  if (!body.ok) return body.reply;
  // What the task forbids as an input is not known yet when a prediction is made.
  const { forbidden } = session.state().task;
  const leak = forbidden.find((name) => Object.hasOwn(body.value.row, name));
  if (leak !== undefined)
    return refuse('invalid', { fault: 'forbidden_input', field: `row.${leak}`, forbidden: forbidden.join(', ') });
  if (!(await house.predictions.turn(`${session.id}:${who.participant}`))) return turnAway('superseded');
  try {
    return json(await session.predict(body.value.row));
  } catch (error) {
    // The sandbox says why in a sentence of its own; anything else is our bug and goes to the log by the caller.
    if (!(error instanceof Error)) throw error;
    const why = error.message.replace(/\.$/, '');
    if (error.name === 'RowsRefused') return turnAway('predict_refused', { why });
    if (error.name === 'PredictUnavailable') return turnAway('predict_unavailable', { why });
    throw error;
  }
});

/** Newest last. Facilitators also see what the room may not. */
export const activity: Door = inSession(({ session, who }) => {
  const open = !isFacilitator(session, who?.participant);
  return json({ activity: open ? session.view().activity : session.state().activity });
});

/** For the editor: `params()` is typed by the params.yaml of the newest revision. */
export const guestTypes: Door = inSession(async ({ house, session }) => {
  const read = await session.files(session.state().revision);
  return json({ files: house.guestTypes(read?.files['params.yaml']) });
});

export const checkpoints: Door = ({ house }) => json({ checkpoints: house.checkpoints() });
