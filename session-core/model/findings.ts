// What the findings of a run mean for everybody: may its model answer, may its score be a record.
import type { RunFinding } from '#pipeline-core/core/report.ts';

/** Its `predict` was asked and did not answer: an earlier model goes on answering. */
export const cannotServe = (findings: readonly RunFinding[]): boolean =>
  findings.some(({ code }) => code === 'served-fails');

const hasAlarm = (findings: readonly RunFinding[]): boolean => findings.some(({ level }) => level === 'alarm');

/** A run as its log knows it. */
interface Judged {
  readonly status: string;
  readonly report?: { readonly findings: readonly RunFinding[]; readonly checking?: true };
  readonly struck?: object;
  readonly cleared?: boolean;
}

/** Something is wrong with its result, and no facilitator has cleared it. */
export const isSuspect = ({ report, cleared }: Judged): boolean => cleared !== true && hasAlarm(report?.findings ?? []);

/** Its leakage check was ended before it had its answer: one of the same content may get further. */
export const isLeakCheckCutOff = ({ report }: Pick<Judged, 'report'>): boolean =>
  report?.findings.some(({ code, level }) => code === 'leak-unchecked' && level === 'warning') ?? false;

/** Checks of its result have not ended yet. */
export const isChecking = ({ report }: Judged): boolean => report?.checking === true;

/** Its result may be the best, the last, or what others are compared with. */
export const counts = (run: Judged): boolean =>
  run.status === 'succeeded' && run.struck === undefined && !isChecking(run) && !isSuspect(run);
