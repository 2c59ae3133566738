// What a row of the grades' table may hold, in words, for the What-if form. A column that is not here gets a plain field.
// Source: the attribute list of the UCI data set "Student Performance" (Cortez 2008), Portuguese class.
// RUNS IN browser

export type Cell = string | number;
export interface ColumnForm {
  readonly name: string;
  readonly label: string;
  readonly kind: 'choice' | 'number';
  readonly choices?: readonly (readonly [Cell, string])[];
  readonly min?: number;
  readonly max?: number;
  /** A common value: where the form starts. */
  readonly start: Cell;
}

const choice = (
  name: string,
  label: string,
  choices: readonly (readonly [Cell, string])[],
  start: Cell,
): ColumnForm => ({
  name,
  label,
  kind: 'choice',
  choices,
  start,
});
const yesNo = (name: string, label: string, start: 'yes' | 'no') =>
  choice(
    name,
    label,
    [
      ['no', 'no'],
      ['yes', 'yes'],
    ],
    start,
  );
const steps = (name: string, label: string, words: readonly string[], from: number) => (start: number) =>
  choice(
    name,
    label,
    words.map((word, i) => [from + i, word] as const),
    start,
  );
const EDUCATION = ['none', 'four years', 'nine years', 'secondary school', 'university'];
const JOBS = [
  ['at_home', 'at home'],
  ['health', 'health'],
  ['services', 'services'],
  ['teacher', 'teacher'],
  ['other', 'other'],
] as const;
const SCALE = ['very low', 'low', 'middle', 'high', 'very high'];

export const STUDENT_FORM: readonly ColumnForm[] = [
  steps('failures', 'Classes failed before', ['none', 'one', 'two', 'three or more'], 0)(0),
  yesNo('higher', 'Wants to go to university', 'yes'),
  choice(
    'school',
    'School',
    [
      ['GP', 'Gabriel Pereira'],
      ['MS', 'Mousinho da Silveira'],
    ],
    'GP',
  ),
  steps('studytime', 'Study time a week', ['under 2 hours', '2 to 5 hours', '5 to 10 hours', 'over 10 hours'], 1)(2),
  { name: 'absences', label: 'Lessons missed', kind: 'number', min: 0, max: 93, start: 2 },
  { name: 'age', label: 'Age', kind: 'number', min: 15, max: 22, start: 17 },
  steps('Medu', "Mother's education", EDUCATION, 0)(3),
  steps('Fedu', "Father's education", EDUCATION, 0)(2),
  choice('Mjob', "Mother's job", JOBS, 'other'),
  choice('Fjob', "Father's job", JOBS, 'other'),
  choice(
    'sex',
    'Sex',
    [
      ['F', 'female'],
      ['M', 'male'],
    ],
    'F',
  ),
  choice(
    'address',
    'Lives',
    [
      ['U', 'in town'],
      ['R', 'in the country'],
    ],
    'U',
  ),
  choice(
    'famsize',
    'Family',
    [
      ['GT3', 'more than three'],
      ['LE3', 'up to three'],
    ],
    'GT3',
  ),
  choice(
    'Pstatus',
    'Parents',
    [
      ['T', 'together'],
      ['A', 'apart'],
    ],
    'T',
  ),
  choice(
    'reason',
    'Why this school',
    [
      ['course', 'the course'],
      ['home', 'near home'],
      ['reputation', 'reputation'],
      ['other', 'other'],
    ],
    'course',
  ),
  choice(
    'guardian',
    'Guardian',
    [
      ['mother', 'mother'],
      ['father', 'father'],
      ['other', 'other'],
    ],
    'mother',
  ),
  steps('traveltime', 'Way to school', ['under 15 min', '15 to 30 min', '30 to 60 min', 'over an hour'], 1)(1),
  yesNo('schoolsup', 'Extra lessons from the school', 'no'),
  yesNo('famsup', 'Help with learning at home', 'yes'),
  yesNo('paid', 'Paid extra lessons', 'no'),
  yesNo('activities', 'Clubs, sport, music', 'no'),
  yesNo('nursery', 'Went to nursery school', 'yes'),
  yesNo('internet', 'Internet at home', 'yes'),
  yesNo('romantic', 'In a relationship', 'no'),
  steps('famrel', 'Family relations', ['very bad', 'bad', 'middling', 'good', 'excellent'], 1)(4),
  steps('freetime', 'Free time', SCALE, 1)(3),
  steps('goout', 'Goes out', SCALE, 1)(3),
  steps('Dalc', 'Alcohol on workdays', SCALE, 1)(1),
  steps('Walc', 'Alcohol at weekends', SCALE, 1)(2),
  steps('health', 'Health', ['very bad', 'bad', 'middling', 'good', 'very good'], 1)(4),
  { name: 'G1', label: 'First grade', kind: 'number', min: 0, max: 20, start: 11 },
];
