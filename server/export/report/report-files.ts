// The files of an exported repository that change with each run: the report, its figures, the notebook, README and dvc.lock.
import { lockOf } from '#sandbox/index.ts';
import type { SessionReadings } from '../../session/session-api.ts';
import { notebook } from './notebook.ts';
import { readme } from './readme.ts';
import { type ReportFacts, reportFacts } from './report-facts.ts';
import { reportPage } from './report-page.ts';

type Files = Readonly<Record<string, string>>;

/** @param files those of the last commit: the README of the workspace becomes a part of the new one */
export async function reportFiles(session: SessionReadings, files: Files): Promise<Files> {
  const facts = await reportFacts(session);
  return {
    ...Object.fromEntries(facts.figures.map(({ name, svg }) => [`reports/figures/${name}.svg`, `${svg}\n`])),
    'reports/report.html': reportPage(facts),
    'notebooks/session.ipynb': notebook(facts),
    'README.md': readme(facts, files),
    ...(await locked(session, facts, files)),
  };
}

/** What the last run read and wrote, and its metrics as it wrote them. */
async function locked(session: SessionReadings, { last, task }: ReportFacts, taken: Files): Promise<Files> {
  const outs = last?.report.lockedOuts;
  const read = last === null || outs === undefined ? null : await session.files(last.run.revision);
  if (read === null || outs === undefined) return {};
  const lock = lockOf({ files: read.files, data: session.tables(task.id), outs });
  const metrics = Object.entries(outs).flatMap(([path, { text }]) =>
    text === undefined || Object.hasOwn(taken, path) ? [] : [[path, text] as const],
  );
  return { ...Object.fromEntries(metrics), ...(lock === null ? {} : { 'dvc.lock': lock }) };
}
