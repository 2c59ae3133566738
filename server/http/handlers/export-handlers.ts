// The tables that facilitators export: suggestions, votes, answers to questions, runs and the whole activity as CSV or JSON, at any time.
// Invariant: who voted for what belongs to the voter alone, so the votes' table counts and names nobody.

import { pollsByTime, wordsOf } from '#session-core/client/polls.ts';
import { initialState, type SessionState } from '#session-core/model/state.ts';
import type { EXPORT_TABLES, exportRoute } from '#session-core/protocol/http-api/export-routes.ts';
import { activities } from '#session-core/sentences/en/activity.ts';
import { runErrors } from '#session-core/sentences/en/reports.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';
import { activityOf } from '#session-core/sentences/sentence-of.ts';
import { evolve } from '#session-core/session.ts';
import { type Cell, type Table, toCsv, toRecords } from '#session-core/text/csv.ts';
import type { SessionReadings } from '../../session/session-api.ts';
import type { Handler } from '../app-context.ts';
import { httpError } from '../reply.ts';

type TableName = (typeof EXPORT_TABLES)[number];
const TABLES: { readonly [Name in TableName]: (session: SessionReadings) => Table | Promise<Table> } = {
  suggestions,
  votes,
  answers,
  runs,
  activity,
};
const isTable = (name: string): name is TableName => Object.hasOwn(TABLES, name);

export const exportTable: Handler<typeof exportRoute> = async ({ session, params, query }) => {
  const [name = '', form] = params.file.split('.');
  if (!isTable(name)) return httpError('route_not_found', { path: params.file });
  const table = await TABLES[name](session);
  return {
    status: 200,
    headers: { 'Content-Disposition': `attachment; filename="${name}-${session.id}.${form}"` },
    file:
      form === 'json'
        ? { type: 'application/json; charset=utf-8', body: JSON.stringify(toRecords(table)) }
        : { type: 'text/csv; charset=utf-8', body: toCsv(table, query.separator) },
  };
};

const iso = (at: number | undefined): Cell => (at === undefined ? null : new Date(at).toISOString());

function suggestions(session: SessionReadings): Table {
  const state = session.state();
  const view = session.view();
  return {
    columns: [
      'id',
      'at',
      'author',
      'text',
      'status',
      'reason',
      'merged_into',
      'stage',
      'votes',
      'pinned',
      'files',
      'preview_metric',
      'preview_change',
      'preview_verdict',
      'accepted_how',
      'accepted_at',
      'run',
      'credit',
    ],
    rows: Object.entries(state.suggestions).map(([id, one]) => {
      const preview = view.suggestions[id]?.preview;
      return [
        id,
        iso(one.at),
        state.participants[one.author]?.displayName,
        one.text,
        one.status,
        one.reason,
        one.mergedInto,
        one.stage,
        Object.keys(one.voters).length,
        one.pinned,
        one.patch?.files.map(({ path }) => path).join(' '),
        preview?.metric,
        preview?.change,
        preview?.verdict,
        one.accepted?.how,
        iso(one.accepted?.at),
        one.accepted?.run,
        state.participants[one.author]?.credit,
      ];
    }),
  };
}

/** One row for each change of a suggestion's count, in order. */
async function votes(session: SessionReadings): Promise<Table> {
  const rows: Cell[][] = [];
  let state: SessionState = initialState;
  for (const event of await session.events()) {
    const before = state;
    state = evolve(state, event);
    if (state.suggestions === before.suggestions) continue;
    for (const [id, one] of Object.entries(state.suggestions)) {
      const old = before.suggestions[id];
      if (old?.voters === one.voters) continue;
      const [was, is] = [old, one].map((some) => Object.keys(some?.voters ?? {}).length);
      if (was !== is) rows.push([event.seq, iso(event.at), id, one.text, (is ?? 0) - (was ?? 0), is]);
    }
  }
  return { columns: ['seq', 'at', 'suggestion', 'text', 'change', 'votes'], rows };
}

/** One row for each choice, and for each answer in words that everybody sees, with how many gave it. */
function answers(session: SessionReadings): Table {
  const rows = pollsByTime(session.view()).flatMap((poll): Cell[][] => {
    const { closedAt } = session.state().polls[poll.id] ?? {};
    const head = [poll.id, iso(poll.at), iso(closedAt ?? undefined), poll.question];
    const said = poll.choices?.map((text, i) => ({ text, count: poll.counts?.[i] ?? 0 })) ?? wordsOf(poll);
    return said.map(({ text, count }) => [...head, text, count]);
  });
  return { columns: ['question_id', 'asked_at', 'closed_at', 'question', 'answer', 'people'], rows };
}

/** All activity, from the log: who did what, moderation included. */
async function activity(session: SessionReadings): Promise<Table> {
  const rows: Cell[][] = [];
  let state: SessionState = initialState;
  for (const event of await session.events()) {
    const before = state.activity;
    state = evolve(state, event);
    const entry = state.activity.at(-1);
    if (state.activity === before || !entry) continue;
    const { seq, at, by, what, about } = entry;
    rows.push([seq, iso(at), state.participants[by ?? '']?.displayName, what, activityOf(activities, entry), about]);
  }
  return { columns: ['seq', 'at', 'by', 'what', 'sentence', 'about'], rows };
}

function runs(session: SessionReadings): Table {
  const all = Object.values(session.view().runs).sort((a, b) => a.requestedAt - b.requestedAt);
  const metrics = [...new Set(all.flatMap((run) => Object.keys(run.metrics)))].sort();
  return {
    columns: [
      'id',
      'number',
      'kind',
      'status',
      'revision',
      'why',
      'suggestion',
      'requested_at',
      'started_at',
      'ended_at',
      'ms',
      'stages',
      'verdict',
      'change',
      'holdout',
      'error',
      ...metrics,
    ],
    rows: all.map((run) => [
      run.id,
      run.number,
      run.kind,
      run.status,
      run.revision,
      run.why,
      run.suggestion,
      iso(run.requestedAt),
      iso(run.startedAt),
      iso(run.endedAt),
      run.ms,
      run.stages.map(({ name, status }) => `${name}:${status}`).join(' '),
      run.comparison?.verdict,
      run.comparison?.change,
      run.holdout,
      run.error && runErrorText(runErrors, run.error),
      ...metrics.map((name) => run.metrics[name]),
    ]),
  };
}
