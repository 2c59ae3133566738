// Which course a new session has, which of its questions, and how long its agenda is.
import { t } from '#app/_strings/strings.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import type { coursesRoute } from '#session-core/protocol/http-api/server-routes.ts';
import s from './entry.module.css';

/** In place of the id of a course, which has no upper case. */
export const OWN = 'OWN';
export type Courses = AnswerOf<typeof coursesRoute>['courses'];

export function CourseChoice(props: {
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

/** Which of the course's questions the session begins with: the value is the checkpoint of it. */
export function TaskChoice({ course }: { readonly course: Courses[number] | undefined }) {
  const tasks = course?.tasks ?? [];
  if (tasks.length < 2) return null;
  return (
    <fieldset className={s['choices']} key={course?.id}>
      <legend>{t.create.task}</legend>
      {tasks.map(({ id, sentence, checkpoint }, i) => (
        <label key={id}>
          <input type="radio" name="checkpoint" value={i === 0 ? '' : checkpoint} defaultChecked={i === 0} />
          <span dir="auto">{sentence}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Which of the course's agendas the session begins with. */
export function LengthChoice({ course }: { readonly course: Courses[number] | undefined }) {
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
