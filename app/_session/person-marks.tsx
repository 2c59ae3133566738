'use client';
// The marks of a facilitator and of the driver beside a display name.
// Invariant: drawn, in the color of the role, outside of the name: no character that a name may hold looks like it.
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import s from './person-marks.module.css';

export function PersonMarks({ id }: { readonly id: string | null | undefined }) {
  const facilitator = useOfView((view) => view.participants[id ?? '']?.facilitator === true);
  const drives = useOfView((view) => id != null && view.driver?.participant === id);
  return (
    <>
      {facilitator ? <Mark kind="facilitator" label={t.marks.facilitator} /> : null}
      {drives ? <Mark kind="driver" label={t.marks.driver} /> : null}
    </>
  );
}

const PATHS = {
  facilitator: 'M12 2l8 3v6c0 5-3.4 9-8 11-4.6-2-8-6-8-11V5z M8 11.8l3 3 5-6',
  driver:
    'M21 12a9 9 0 11-18 0 9 9 0 0118 0z M14.5 12a2.5 2.5 0 11-5 0 2.5 2.5 0 015 0z M12 14.5V21 M9.6 11.3L3.5 9 M14.4 11.3L20.5 9',
} as const;

function Mark({ kind, label }: { readonly kind: keyof typeof PATHS; readonly label: string }) {
  return (
    <svg className={s['mark']} data-kind={kind} viewBox="0 0 24 24" width="16" height="16" role="img">
      <title>{label}</title>
      <path d={PATHS[kind]} />
    </svg>
  );
}
