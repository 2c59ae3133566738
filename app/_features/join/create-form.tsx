'use client';
// Creating a session: course, title, approval, hold-out score; a form that works without scripts, too. Whoever creates it becomes
// its facilitator at once; the link that the answer names is used up by that, and the host page shows another one to keep.
import { type FormEvent, useEffect, useState } from 'react';
import type { TableAnswers } from '#app/_features/own-table/table-types.ts';
import { ask } from '#app/_session/http.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Field } from '#app/_ui/field.tsx';
import { OnDemand } from '#app/_ui/on-demand.tsx';
import { LANGUAGE_NAMES, LANGUAGES } from '#session-core/model/languages.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { coursesRoute } from '#session-core/protocol/http-api/server-routes.ts';
import { createRoute, facilitatorRoute } from '#session-core/protocol/http-api/session-routes.ts';
import s from './entry.module.css';

/** In place of the id of a course, which has no upper case. */
const OWN = 'OWN';
const loadOwnTable = async () => (await import('#app/_features/own-table/own-table.tsx')).OwnTable;
const HOLDOUT_CHOICES = ['hidden', 'shown', 'off'] as const;

export function CreateForm(props: {
  readonly refusal: string | null;
  /** This browser is not on the machine of the server. */
  readonly needsKey: boolean;
  /** What a form sent without scripts held. */
  readonly typed: Readonly<Record<string, string>>;
}) {
  const { typed } = props;
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState(props.refusal);
  const [needsKey, setNeedsKey] = useState(props.needsKey);
  const [key, setKey] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [answers, setAnswers] = useState<TableAnswers | null>(null);
  const [courses, setCourses] = useState<AnswerOf<typeof coursesRoute>['courses']>([]);
  useEffect(() => {
    const stop = new AbortController();
    void ask(coursesRoute, {}, stop.signal).then((answer) => {
      // Without the list a session has the first course, as with a form that works without scripts.
      if (answer.ok && !stop.signal.aborted) setCourses(answer.value.courses);
    });
    return () => stop.abort();
  }, []);
  // The terminal's link has it in the fragment, which browsers send to nobody.
  useEffect(() => {
    const found = /^#([\w-]+)$/.exec(location.hash)?.[1];
    if (found === undefined) return;
    setKey(found);
    setNeedsKey(true);
    history.replaceState(null, '', location.pathname);
  }, []);

  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const holdout = HOLDOUT_CHOICES.find((choice) => choice === form.get('holdout')) ?? 'hidden';
    const length = Number(form.get('agenda') ?? '') || undefined;
    const title = String(form.get('title') ?? '').trim();
    if (chosen === OWN && answers === null) return setRefusal(t.ownTable.choose);
    setBusy(true);
    const answer = await ask(
      createRoute,
      {
        body: {
          ...(title === '' ? {} : { title }),
          ...(chosen === OWN || chosen === null ? {} : { course: chosen }),
          ...(chosen === OWN && answers !== null ? { table: answers } : {}),
          approveFirst: form.has('approveFirst'),
          holdout,
          language: LANGUAGES.find((each) => each === form.get('language')) ?? t.lang,
          ...(chosen !== OWN && length !== undefined ? { agenda: length } : {}),
        },
      },
      undefined,
      key.trim(),
    );
    if (answer.ok) {
      const { sessionId, facilitatorSecret } = answer.value;
      const entered = await ask(facilitatorRoute, { params: { id: sessionId }, body: { secret: facilitatorSecret } });
      if (entered.ok) return location.assign(`/s/${sessionId}/host?created`);
      setRefusal(entered.error.message);
    } else {
      setRefusal(answer.error.message);
      if (answer.error.code === 'not_local') setNeedsKey(true);
    }
    setBusy(false);
  };
  const placeholder =
    chosen === OWN ? (answers?.dataset ?? '') : ((courses.find(({ id }) => id === chosen) ?? courses[0])?.title ?? '');
  return (
    <form className={s['form']} method="post" action="/new" onSubmit={(event) => void create(event)}>
      {courses.length > 0 ? (
        <CourseChoice courses={courses} chosen={chosen ?? courses[0]?.id ?? ''} onChoose={setChosen} />
      ) : null}
      {chosen === OWN ? (
        <OnDemand
          load={loadOwnTable}
          props={{ createKey: key.trim(), onAnswers: setAnswers, onNeedsKey: () => setNeedsKey(true) }}
        />
      ) : null}
      <Field
        label={t.create.title}
        hint={t.create.titleHint}
        error={refusal}
        name="title"
        defaultValue={typed['title'] ?? ''}
        placeholder={placeholder}
        maxLength={LIMITS.title}
        dir="auto"
      />
      {chosen === OWN ? null : <LengthChoice course={courses.find(({ id }) => id === chosen) ?? courses[0]} />}
      <label className={s['check']}>
        <input type="checkbox" name="approveFirst" defaultChecked={typed['approveFirst'] !== undefined} />
        <span>
          <span>{t.create.approve}</span>
          <small>{t.create.approveHint}</small>
        </span>
      </label>
      <fieldset className={s['choices']}>
        <legend>{t.create.holdout}</legend>
        <p>{t.create.holdoutHint}</p>
        {HOLDOUT_CHOICES.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="holdout"
              value={choice}
              defaultChecked={(typed['holdout'] ?? 'hidden') === choice}
            />
            <span>{t.create.holdoutChoices[choice]}</span>
          </label>
        ))}
      </fieldset>
      <label className={s['language']}>
        <span>{t.create.language}</span>
        <select className={f['select']} name="language" defaultValue={typed['language'] ?? t.lang}>
          {LANGUAGES.map((language) => (
            <option key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </option>
          ))}
        </select>
      </label>
      {needsKey ? (
        <Field
          label={t.create.key}
          hint={t.create.keyHint}
          type="password"
          name="key"
          value={key}
          autoComplete="off"
          onChange={(event) => setKey(event.target.value)}
        />
      ) : null}
      <Button look="primary" large wide type="submit" disabled={busy}>
        {busy ? t.create.going : t.create.go}
      </Button>
    </form>
  );
}

/** Which of the course's agendas the session begins with. */
function LengthChoice({ course }: { readonly course: Courses[number] | undefined }) {
  const agendas = course?.agendas ?? [];
  if (agendas.length < 2) return null;
  return (
    <fieldset className={s['choices']} key={course?.id}>
      <legend>{t.create.agenda}</legend>
      <p>{t.create.agendaHint}</p>
      {agendas.map((minutes, i) => (
        <label key={minutes}>
          <input type="radio" name="agenda" value={minutes} defaultChecked={i === 0} />
          <span>{t.agenda.choose(minutes)}</span>
        </label>
      ))}
    </fieldset>
  );
}

type Courses = AnswerOf<typeof coursesRoute>['courses'];

function CourseChoice(props: {
  readonly courses: Courses;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const choices = [
    ...props.courses.map(({ id, title, question, rows, columns, notice }) => ({
      id,
      title,
      about: question,
      size: t.ownTable.size(rows, columns),
      notice,
    })),
    { id: OWN, title: t.ownTable.own, about: t.ownTable.ownHint, size: '', notice: '' },
  ];
  return (
    <fieldset className={s['courses']}>
      <legend>{t.ownTable.courses}</legend>
      {choices.map(({ id, title, about, size, notice }) => (
        <label key={id}>
          <input type="radio" checked={props.chosen === id} onChange={() => props.onChoose(id)} />
          <span>
            <b dir="auto">{title}</b>
            <small dir="auto">{about}</small>
            {size === '' ? null : <small>{size}</small>}
            {notice === '' || props.chosen !== id ? null : <small className={s['notice']}>{notice}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
