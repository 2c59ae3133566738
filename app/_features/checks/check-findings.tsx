'use client';
// What each check of a patch found: loaded when somebody opens the line of marks. What the compiler says is fetched then.
import { useAct } from '#app/_session/command-actions.tsx';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { CHECKS, type CheckName } from '#session-core/model/checks.ts';
import { checksRoute } from '#session-core/protocol/http-api/check-routes.ts';
import type { CheckView } from '#session-core/view/view-checks.ts';
import s from './check-findings.module.css';

export type ShownChecks = Partial<Readonly<Record<CheckName, CheckView>>>;

export interface FoundProps {
  readonly checks: ShownChecks;
  /** Whose they are; absent: of the code itself. */
  readonly suggestion?: string;
  /** Of the patch, or the revision of the code: another one, other messages. */
  readonly version: number;
  readonly mayFix: boolean;
  readonly onPlace?: (place: Place) => void;
}

export function CheckFindings(props: FoundProps) {
  const { checks, suggestion, version, mayFix, onPlace } = props;
  const id = useSessionId();
  const act = useAct();
  const { types, style } = checks;
  const problems = (types?.count ?? 0) + (style?.count ?? 0);
  const request = { params: { id }, ...(suggestion === undefined ? {} : { query: { suggestion } }) };
  const read = useApi(checksRoute, problems > 0 ? request : null, `${version} ${JSON.stringify([types, style])}`);
  const messageOf = (name: 'types' | 'style', index: number, code: string): string =>
    t.checkDetails.rules[code] ?? (read.value?.checks?.[name].problems?.[index]?.message || code);
  const isFixable = style?.problems?.some(({ fix }) => fix) ?? false;
  return (
    <ul className={s['found']}>
      {CHECKS.flatMap((name) => {
        const check = checks[name];
        if (!check) return [];
        const { state, problems: shown = [], count = 0, known = 0, why } = check;
        return [
          <li key={name} data-state={state}>
            <p>
              <b>{t.checkDetails.full[name]}</b> <span>{why ? t.checkDetails.why[why] : t.checks.states[state]}</span>
            </p>
            {name === 'types' || name === 'style' ? (
              <>
                {shown.map(({ file, line, column, code }, i) => (
                  <p key={`${file} ${line} ${column} ${code}`} className={s['problem']}>
                    {onPlace ? (
                      <button type="button" onClick={() => onPlace({ file, line, column })}>{`${file}:${line}`}</button>
                    ) : (
                      <code translate="no">{`${file}:${line}`}</code>
                    )}
                    <span dir="auto">{messageOf(name, i, code)}</span>
                  </p>
                ))}
                {count > shown.length ? <p>{t.checkDetails.more(count - shown.length)}</p> : null}
                {known > 0 ? <p>{t.checkDetails.known(known)}</p> : null}
              </>
            ) : null}
            {name === 'style' && suggestion !== undefined && mayFix && isFixable ? (
              <Button onClick={() => void act({ type: 'suggestion.fix', suggestion })}>{t.checkDetails.fix}</Button>
            ) : null}
          </li>,
        ];
      })}
    </ul>
  );
}
