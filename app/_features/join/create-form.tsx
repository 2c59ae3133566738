'use client';
// Creating a session: course, title, approval, hold-out score; a form that works without scripts, too. Whoever creates it becomes
// its facilitator at once; the link that the answer names is used up by that, and the host page shows another one to keep.

import { type FormEvent, useEffect, useState } from 'react';
import type { TableAnswers } from '#app/_features/own-table/table-types.ts';
import { nameWindow } from '#app/_session/hand-over.ts';
import { ask } from '#app/_session/http.ts';
import { keepJoined } from '#app/_session/keep-joined.ts';
import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Field } from '#app/_ui/field.tsx';
import { OnDemand } from '#app/_ui/on-demand.tsx';
import { LANGUAGE_NAMES, LANGUAGES } from '#session-core/model/languages.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { coursesRoute } from '#session-core/protocol/http-api/server-routes.ts';
import { createRoute, facilitatorRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { CourseChoice, type Courses, LengthChoice, OWN, TaskChoice } from './course-choices.tsx';
import s from './entry.module.css';

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
  const [dropped, setDropped] = useState<File | null>(null);
  const [answers, setAnswers] = useState<TableAnswers | null>(null);
  const [courses, setCourses] = useState<Courses>([]);
  useEffect(() => {
    const stop = new AbortController();
    void ask(coursesRoute, {}, stop.signal).then((answer) => {
      // Without the list a session has the first course, as with a form that works without scripts.
      if (answer.ok && !stop.signal.aborted) setCourses(answer.value.courses);
    });
    return () => stop.abort();
  }, []);
  // A file that is dropped beside the field would take the place of the page, with all that was typed.
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      setChosen(OWN);
      setDropped(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
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
    const checkpoint = String(form.get('checkpoint') ?? '');
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
          ...(chosen !== OWN && checkpoint !== '' ? { checkpoint } : {}),
        },
      },
      undefined,
      key.trim(),
    );
    if (answer.ok) {
      const { sessionId, facilitatorSecret } = answer.value;
      const entered = await ask(facilitatorRoute, { params: { id: sessionId }, body: { secret: facilitatorSecret } });
      if (entered.ok) {
        await keepJoined(entered.value, false);
        nameWindow(sessionId);
        return location.assign(appPath(`/s/${sessionId}/host?created`));
      }
      setRefusal(entered.error.message);
    } else {
      setRefusal(answer.error.message);
      if (answer.error.code === 'not_local') setNeedsKey(true);
    }
    setBusy(false);
  };
  const course = courses.find(({ id }) => id === chosen) ?? courses[0];
  const placeholder = chosen === OWN ? (answers?.dataset ?? '') : (course?.title ?? '');
  return (
    <form className={s['form']} method="post" action={appPath('/new')} onSubmit={(event) => void create(event)}>
      {courses.length > 0 ? (
        <CourseChoice courses={courses} chosen={chosen ?? courses[0]?.id ?? ''} onChoose={setChosen} />
      ) : null}
      {chosen === OWN ? (
        <OnDemand
          load={loadOwnTable}
          props={{ createKey: key.trim(), dropped, onAnswers: setAnswers, onNeedsKey: () => setNeedsKey(true) }}
        />
      ) : null}
      {chosen === OWN ? null : <TaskChoice course={course} />}
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
      {chosen === OWN ? null : <LengthChoice course={course} />}
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
