// The UCI Student Performance table (P. Cortez and A. Silva 2008; CC BY 4.0): 33 columns, the same for both subjects.
import { type ColumnSchema, defineSchema } from '../table/schema.ts';

const GRADE_UNIT = 'grade points (0..20)';
const YES_NO = ['no', 'yes'];

type Extra = Partial<Omit<ColumnSchema, 'name' | 'type' | 'label'>>;

const words = (name: string, label: string, extra: Extra & { levels: readonly string[] }): ColumnSchema => ({
  name,
  type: extra.levels.length === 2 ? 'binary' : 'nominal',
  label,
  ...extra,
});
const yesNo = (name: string, label: string, extra: Extra = {}) => words(name, label, { levels: YES_NO, ...extra });
const scale = (name: string, label: string, extra: Extra): ColumnSchema => ({ name, type: 'ordinal', label, ...extra });
const oneToFive = (name: string, label: string, extra: Extra & { ends: readonly [string, string] }) => {
  const { ends, ...rest } = extra;
  return scale(name, label, { min: 1, max: 5, valueLabels: { 1: ends[0], 5: ends[1] }, ...rest });
};
const grade = (name: string, label: string): ColumnSchema => ({
  name,
  type: 'integer',
  label,
  unit: GRADE_UNIT,
  min: 0,
  max: 20,
});

const EDUCATION = { 0: 'none', 1: 'up to 4th grade', 2: '5th to 9th grade', 3: 'secondary', 4: 'higher' };
const JOBS = ['at_home', 'health', 'other', 'services', 'teacher'];

export const studentSchema = defineSchema({
  name: 'student performance',
  columns: [
    words('school', 'School', {
      levels: ['GP', 'MS'],
      valueLabels: { GP: 'Gabriel Pereira', MS: 'Mousinho da Silveira' },
    }),
    words('sex', 'Sex', { levels: ['F', 'M'], valueLabels: { F: 'female', M: 'male' }, sensitive: true }),
    { name: 'age', type: 'integer', label: 'Age', unit: 'years', min: 15, max: 22 },
    words('address', 'Home', { levels: ['R', 'U'], valueLabels: { R: 'rural', U: 'urban' } }),
    words('famsize', 'Family size', { levels: ['GT3', 'LE3'], valueLabels: { GT3: 'more than 3', LE3: 'at most 3' } }),
    words('Pstatus', 'Parents live', {
      levels: ['A', 'T'],
      valueLabels: { A: 'apart', T: 'together' },
      sensitive: true,
    }),
    scale('Medu', "Mother's education", { min: 0, max: 4, valueLabels: EDUCATION }),
    scale('Fedu', "Father's education", { min: 0, max: 4, valueLabels: EDUCATION }),
    words('Mjob', "Mother's job", { levels: JOBS }),
    words('Fjob', "Father's job", { levels: JOBS }),
    words('reason', 'Reason for the school', { levels: ['course', 'home', 'other', 'reputation'] }),
    words('guardian', 'Guardian', { levels: ['father', 'mother', 'other'] }),
    scale('traveltime', 'Way to school', {
      min: 1,
      max: 4,
      valueLabels: { 1: 'under 15 min', 2: '15 to 30 min', 3: '30 to 60 min', 4: 'over 60 min' },
    }),
    scale('studytime', 'Weekly study', {
      min: 1,
      max: 4,
      valueLabels: { 1: 'under 2 h', 2: '2 to 5 h', 3: '5 to 10 h', 4: 'over 10 h' },
    }),
    scale('failures', 'Past class failures', { min: 0, max: 3, valueLabels: { 3: '3 or more' } }),
    yesNo('schoolsup', 'Extra school support'),
    yesNo('famsup', 'Family support'),
    yesNo('paid', 'Extra paid classes'),
    yesNo('activities', 'Activities outside class'),
    yesNo('nursery', 'Went to nursery school'),
    yesNo('higher', 'Wants higher education'),
    yesNo('internet', 'Internet at home'),
    yesNo('romantic', 'In a relationship', { sensitive: true }),
    oneToFive('famrel', 'Family relations', { ends: ['very bad', 'excellent'] }),
    oneToFive('freetime', 'Free time', { ends: ['very little', 'very much'] }),
    oneToFive('goout', 'Going out', { ends: ['very little', 'very much'] }),
    oneToFive('Dalc', 'Workday alcohol', { ends: ['very little', 'very much'], sensitive: true }),
    oneToFive('Walc', 'Weekend alcohol', { ends: ['very little', 'very much'], sensitive: true }),
    oneToFive('health', 'Health', { ends: ['very bad', 'very good'], sensitive: true }),
    { name: 'absences', type: 'integer', label: 'Absences', unit: 'lessons', min: 0, max: 93 },
    grade('G1', 'First period grade'),
    grade('G2', 'Second period grade'),
    grade('G3', 'Final grade'),
  ],
});
