// What a run found out about itself, one sentence each: alarms first, with a mark of their own.
import { t } from '#app/_strings/strings.ts';
import type { RunFinding } from '#pipeline-core/core/report.ts';
import { cannotServe } from '#session-core/model/findings.ts';
import { findingText } from '#session-core/sentences/report-sentences.ts';
import s from './findings.module.css';

const ORDER = ['alarm', 'warning', 'info'] as const;

export function Findings(props: {
  readonly findings: readonly RunFinding[];
  /** An earlier model answers in place of one that cannot. */
  readonly served?: boolean;
  /** Only so many sentences; the run's details have them all. */
  readonly most?: number;
}) {
  const { findings, served = false, most = findings.length } = props;
  if (findings.length === 0) return null;
  const ordered = ORDER.flatMap((level) => findings.filter((finding) => finding.level === level));
  return (
    <>
      {ordered.slice(0, most).map((finding) => (
        <p
          key={JSON.stringify([finding.code, finding.facts])}
          className={s['finding']}
          data-level={finding.level}
          dir="auto"
        >
          <b>{t.run.finding[finding.level]}</b> <span>{findingText(t.reports.findings, finding)}</span>
        </p>
      ))}
      {served && cannotServe(findings) ? <p className={s['served']}>{t.run.stillServes}</p> : null}
    </>
  );
}
