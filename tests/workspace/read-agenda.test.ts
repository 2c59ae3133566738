// agenda.yaml of a course: its lengths, tours and what ticks its steps; and every mistake in it with file, line and remedy.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '#app/_strings/en/index.ts';
import { CourseError } from '#sandbox/course/course-error.ts';
import { readCourse } from '#sandbox/course/read-course.ts';
import { AGENDA, courseWith } from '../support/flats-course.ts';

/** Further fields of the first step of the agenda. */
const step = (fields: string) => ({
  'agenda.yaml': AGENDA.replace('    scene: join\n', `    scene: join\n    ${fields}\n`),
});
/** Its tour, with another value of one field. */
function tour(field: string) {
  const good = 'show:\n      - file: src/train.ts\n        lines: 1\n        sentence: Here.';
  const [name = ''] = field.split(':');
  return step(good.replace(new RegExp(`${name}: .*`), field));
}

describe('the agenda of a course', () => {
  it('has an agenda for each length, with tours counted in the checkpoint of their step', () => {
    const agenda = `lengths: [20, 8]\n${AGENDA.replace('minutes: 5', 'minutes: { 20: 5 }')}
    show: { file: src/train.ts, lines: [1, 1], sentence: Here. }
    choices: [A, B]
    done: { score: 2.5 }
`;
    const { agendas } = readCourse(courseWith({ 'agenda.yaml': agenda }));
    expect(agendas.map(({ minutes, steps }) => [minutes, steps.map(({ title }) => title)])).toEqual([
      [20, ['Hello', 'Look']],
      [8, ['Look']],
    ]);
    expect(agendas[1]?.steps[0]).toMatchObject({
      minutes: 5,
      choices: ['A', 'B'],
      done: { score: 2.5, task: 'price' },
      counted: '1-start',
      show: [{ file: 'src/train.ts', fromLine: 1, toLine: 1, sentence: 'Here.' }],
    });
    expect(readCourse(courseWith({ 'agenda.yaml': null })).agendas).toEqual([]);
  });

  it.each(['student-grades', 'is-it-a-sandwich'])('goes in each length to Environment and Reproduce: %s', (name) => {
    const { agendas } = readCourse(join(import.meta.dirname, '../../courses', name));
    const { run, environment } = en;
    expect(agendas.length).toBeGreaterThan(1);
    for (const { minutes, steps } of agendas) {
      const said = steps.filter(
        ({ say, scene }) => scene === 'results' && say.includes(run.environment) && say.includes(environment.reproduce),
      );
      expect(said, `${minutes} minutes`).toHaveLength(1);
    }
  });

  it.each<[what: string, changes: Readonly<Record<string, string | null>>, where: string, message: RegExp]>([
    [
      'a tour of a file that is none',
      tour('file: src/tran.ts'),
      'agenda.yaml, line 8',
      /no file src\/tran\.ts in the checkpoint 1-start\. There are .*src\/train\.ts/,
    ],
    [
      'a step that is done in two ways, below a list of lengths',
      {
        'agenda.yaml': `lengths:\n  - 20\n  - 8\n${(step('done: { run: true, score: 2 }') as { 'agenda.yaml': string })['agenda.yaml']}`,
      },
      'agenda.yaml, line 10',
      /must have one of `run: true`/,
    ],
    [
      'a tour beyond the end of a file',
      tour('lines: [1, 9]'),
      'agenda.yaml, line 9',
      /no line 9 in src\/train\.ts .*It has 1 lines/,
    ],
    [
      'a tour of lines the wrong way round',
      tour('lines: [2, 1]'),
      'agenda.yaml, line 9',
      /must not end before they begin/,
    ],
    [
      'a place without a sentence',
      tour('sentence: ""'),
      'agenda.yaml, line 10',
      /must be a text of 1 to 200 characters/,
    ],
    [
      'a step that is done in two ways',
      step('done: { run: true, score: 2 }'),
      'agenda.yaml, line 7',
      /must have one of `run: true`/,
    ],
    [
      'a step that is done by a file that is none',
      step('done: { file: a.ts }'),
      'agenda.yaml, line 7',
      /no file a\.ts in the checkpoint 1-start/,
    ],
    ['a question of one choice', step('choices: [yes]'), 'agenda.yaml, line 7', /must be a list of 2 to 6 texts/],
    [
      'minutes of a length that is none',
      { 'agenda.yaml': `lengths: [20]\n${AGENDA.replace('minutes: 5', 'minutes: { 20: 5, 30: 9 }')}` },
      'agenda.yaml, line 6',
      /minutes for a length of 30.*It has 20/,
    ],
    [
      'more minutes than a length has',
      { 'agenda.yaml': `lengths: [20, 9]\n${AGENDA}` },
      'agenda.yaml, line 1',
      /steps of the agenda of 9 minutes take 10/,
    ],
    [
      'minutes for lengths where there is one',
      { 'agenda.yaml': AGENDA.replace('minutes: 5', 'minutes: { 20: 5 }') },
      'agenda.yaml, line 5',
      /Add `lengths: \[90, 45\]`/,
    ],
  ])('is refused with %s', (_, changes, where, message) => {
    const folder = courseWith(changes);
    let error: unknown;
    try {
      readCourse(folder);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CourseError);
    expect((error as CourseError).message).toContain(`${join(folder, where)}:`);
    expect((error as CourseError).message).toMatch(message);
  });
});
