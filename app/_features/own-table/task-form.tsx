// What is to be predicted of a table, and how it is measured.
import { useId } from 'react';
import { t } from '#app/_strings/strings.ts';
import f from '#app/_ui/field.module.css';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { TABLE } from '#session-core/protocol/http-api/table-routes.ts';
import s from './own-table.module.css';
import type { Proposal, TableAnswers, UploadedTable } from './table-types.ts';

const MEASURES = { regression: ['rmse', 'mae'], classification: ['logLoss', 'accuracy'] } as const;

export function TaskForm(props: {
  readonly table: UploadedTable;
  /** '': none is chosen. */
  readonly target: string;
  readonly proposal: Proposal | null;
  readonly answers: TableAnswers | null;
  readonly onTarget: (target: string, kind?: TableAnswers['kind']) => void;
  readonly onAnswers: (answers: TableAnswers) => void;
}) {
  const { table, target, proposal, answers, onTarget, onAnswers } = props;
  const id = useId();
  const possible = table.columns.filter(({ targets }) => targets.length > 0);
  const groups = table.columns.filter(
    ({ name, constant, distinct }) =>
      name !== target && !constant && distinct >= TABLE.fewestGroups && distinct < table.rows,
  );
  const { missing = 0, rare = 0 } = proposal?.rowsLeftOut ?? {};
  return (
    <div className={s['task']}>
      <div className={s['choice']}>
        <label htmlFor={`${id}-target`}>{t.ownTable.target}</label>
        <select
          id={`${id}-target`}
          className={f['select']}
          value={target}
          onChange={(event) => onTarget(event.target.value)}
        >
          <option value="" disabled>
            {t.ownTable.targetNone}
          </option>
          {possible.map(({ name, header }) => (
            <option key={name} value={name}>
              {header}
            </option>
          ))}
        </select>
      </div>
      {answers !== null && proposal !== null ? (
        <>
          {proposal.kinds.length > 1 ? (
            <div className={s['choice']}>
              <label htmlFor={`${id}-kind`}>{t.ownTable.kind}</label>
              <select
                id={`${id}-kind`}
                className={f['select']}
                value={answers.kind}
                onChange={(event) => {
                  const kind = proposal.kinds.find((one) => one === event.target.value);
                  if (kind) onTarget(answers.target, kind);
                }}
              >
                {proposal.kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {t.ownTable.taskKinds[kind]}
                  </option>
                ))}
              </select>
            </div>
          ) : null}
          <div className={s['choice']}>
            <label htmlFor={`${id}-measure`}>{t.ownTable.measure}</label>
            <select
              id={`${id}-measure`}
              className={f['select']}
              value={answers.measure}
              onChange={(event) => onAnswers({ ...answers, measure: event.target.value })}
            >
              {MEASURES[answers.kind].map((measure) => (
                <option key={measure} value={measure}>
                  {t.ownTable.measures[measure]}
                </option>
              ))}
            </select>
          </div>
          {answers.kind === 'regression' ? (
            <Field
              label={t.ownTable.unit}
              hint={t.ownTable.unitHint}
              value={answers.unit}
              maxLength={40}
              onChange={(event) => onAnswers({ ...answers, unit: event.target.value })}
            />
          ) : (
            <p className={s['facts']} dir="auto">
              {t.ownTable.classes(proposal.classes.map(({ name }) => name))}
            </p>
          )}
          {missing + rare > 0 ? (
            <p className={s['facts']}>
              <span>{t.ownTable.leaves}</span> <span>{t.ownTable.leftOut(missing, rare)}</span>
            </p>
          ) : null}
          {groups.length > 0 ? (
            <div className={s['choice']}>
              <label htmlFor={`${id}-group`}>{t.ownTable.group}</label>
              <select
                id={`${id}-group`}
                className={f['select']}
                value={answers.group ?? ''}
                aria-describedby={`${id}-group-hint`}
                onChange={({ currentTarget: { value } }) => {
                  const { group: _, ...others } = answers;
                  onAnswers(value === '' ? others : { ...others, group: value });
                }}
              >
                <option value="">{t.ownTable.groupNone}</option>
                {groups.map(({ name, header }) => (
                  <option key={name} value={name}>
                    {header}
                  </option>
                ))}
              </select>
              <small id={`${id}-group-hint`} className={s['facts']}>
                {t.ownTable.groupHint}
              </small>
            </div>
          ) : null}
          <Toggle
            label={t.ownTable.inRepository}
            hint={t.ownTable.inRepositoryHint}
            checked={answers.inRepository}
            onChange={(inRepository) => onAnswers({ ...answers, inRepository })}
          />
        </>
      ) : null}
    </div>
  );
}
