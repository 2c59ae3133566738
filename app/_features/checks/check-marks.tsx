'use client';
// The checks of a patch, or of the code itself, as one line of marks; a tap opens what each of them found.
// Invariant: a mark is a shape and a word, never a color alone; what is behind it loads when it is opened.
import { useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { OnDemand } from '#app/_ui/on-demand.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { CHECKS, type CheckName, type CheckState } from '#session-core/model/checks.ts';
import type { FoundProps, ShownChecks } from './check-findings.tsx';
import s from './check-marks.module.css';

const loadFindings = () => import('./check-findings.tsx').then((part) => part.CheckFindings);

const ICONS = {
  passed: 'check',
  warning: 'warning',
  failed: 'close',
  running: 'now',
  waiting: 'now',
  absent: 'more',
  unchecked: 'more',
} as const satisfies Record<CheckState, string>;

export function CheckMarks(props: {
  readonly checks: ShownChecks;
  /** Whose they are; absent: of the code itself, at this revision. */
  readonly suggestion?: string;
  readonly version: number;
  /** Offers the fix. */
  readonly mayFix?: boolean;
  /** Of the code itself: the lines of a patch are those of the text with it, which nobody has open. */
  readonly onPlace?: (place: Place) => void;
}) {
  const { checks, suggestion, version, mayFix = false, onPlace } = props;
  const [open, setOpen] = useState(false);
  const names = CHECKS.filter((name) => checks[name]);
  const stateOf = (name: CheckName): CheckState => checks[name]?.state ?? 'waiting';
  const said = names.map((name) => t.checks.mark(t.checks.names[name], t.checks.states[stateOf(name)])).join(', ');
  return (
    <div className={s['checks']}>
      <button type="button" className={s['marks']} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="hidden-text">{t.checks.mark(t.checks.head, said)}</span>
        {names.map((name) => (
          <span key={name} data-state={stateOf(name)} aria-hidden="true">
            <Icon name={ICONS[stateOf(name)]} size={14} /> <span>{t.checks.names[name]}</span>
          </span>
        ))}
      </button>
      {open ? (
        <OnDemand<FoundProps>
          load={loadFindings}
          props={{
            checks,
            version,
            mayFix,
            ...(suggestion === undefined ? {} : { suggestion }),
            ...(onPlace ? { onPlace } : {}),
          }}
        />
      ) : null}
    </div>
  );
}
