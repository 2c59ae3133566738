// The facilitator's steps of a new course: 60 or 30 minutes that fit any table. Everything in it can be edited.
import type { CoursePlan } from './course-plan.ts';
import { quoted } from './writing.ts';

interface Step {
  readonly title: string;
  readonly say: string;
  readonly ask: string;
  /** Of the agendas of 60 and of 30 minutes; null: not in that one. */
  readonly minutes: readonly [number, number | null];
  readonly scene: string;
  readonly checkpoint?: string;
  readonly reveal?: true;
  readonly choices?: readonly string[];
  readonly done?: { readonly run: true } | { readonly file: string };
  /** The first line of each place holds `at`. */
  readonly show?: readonly {
    readonly file: string;
    readonly at: string;
    readonly lines: number;
    readonly sentence: string;
  }[];
}

type Files = Readonly<Record<string, string>>;

/** @param files the workspace that the session begins with: tours name lines of it */
export function agendaYaml(plan: CoursePlan, files: Files): string {
  const steps = stepsOf(plan).map((step) => written(step, files));
  return `# The facilitator's steps. No scores are written here: they come from the session's own runs.
lengths: [60, 30]
steps:
${steps.join('')}`;
}

function written({ minutes: [long, short], choices, done, show, ...step }: Step, files: Files): string {
  const rows = Object.entries(step).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? quoted(value) : value}`,
  );
  rows.push(`minutes: ${short === null ? `{ 60: ${long} }` : `{ 60: ${long}, 30: ${short} }`}`);
  if (choices) rows.push(`choices: [${choices.map(quoted).join(', ')}]`);
  if (done) rows.push('run' in done ? 'done: { run: true }' : `done: { file: ${done.file} }`);
  const places = (show ?? []).flatMap(({ file, at, lines, sentence }) => {
    const from = (files[file] ?? '').split('\n').findIndex((line) => line.includes(at)) + 1;
    if (from === 0) return [];
    return [`  - file: ${file}`, `    lines: [${from}, ${from + lines - 1}]`, `    sentence: ${quoted(sentence)}`];
  });
  if (places.length > 0) rows.push('show:', ...places);
  return `  - ${rows.join('\n    ')}\n`;
}

/** A question that is asked to everybody has at most so many characters. */
const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function stepsOf({ targetColumn, inputs, table, kind }: CoursePlan): Step[] {
  const target = clip(targetColumn.label, 80);
  const guess = kind === 'regression' ? 'the mean of all rows' : 'how often each answer occurs';
  return [
    {
      title: 'Welcome',
      say: 'One person drives, everybody programs. Two taps and you are in: no account, no e-mail.',
      ask: 'Who would like to drive first? Raise a hand.',
      minutes: [4, 3],
      scene: 'join',
    },
    {
      title: 'The question and the metric',
      say: `We predict ${target} for ${table.rowCount} rows, from ${inputs.length} other columns. Each row is scored by a model that has never seen it. The dashed line is the baseline, a prediction without a model: ${guess}. Only what a model gains over it counts.`,
      ask: 'Guess the next score. How far can we get today?',
      minutes: [7, 4],
      scene: 'results',
    },
    {
      title: 'A pipeline with a cache',
      say: 'prepare feeds train and evaluate. A stage runs again only if something it reads has changed; otherwise its result comes from the cache.',
      ask: 'If we change only the model, which stages run again?',
      minutes: [7, 5],
      scene: 'pipeline',
      checkpoint: '1-start',
      choices: ['Only prepare', 'Train and evaluate', 'All of them'],
      done: { run: true },
      show: [
        {
          file: 'dvc.yaml',
          at: '  prepare:',
          lines: 7,
          sentence: 'A stage says what it reads and what it writes: nothing else decides whether it runs again.',
        },
        {
          file: 'src/row.ts',
          at: 'export function features',
          lines: 3,
          sentence: 'Columns become numbers, in one place for training, scoring and serving.',
        },
        {
          file: 'src/evaluate.ts',
          at: 'crossValidate({',
          lines: 1,
          sentence: 'Each row is predicted by a model that has never seen that row.',
        },
      ],
    },
    {
      title: 'Better data first',
      say: 'Every column is a switch on your phone. Each suggestion is previewed before the driver accepts it.',
      ask: `Which column says the most about ${target}? Tap it, and vote.`,
      minutes: [13, 6],
      scene: 'queue',
      checkpoint: '2-columns',
      done: { file: 'params.yaml' },
    },
    {
      title: 'Better, or just noise?',
      say: 'Grey means within noise: with other rows, the change could go the other way. Small gains add up only if they are real.',
      ask: 'Which of the accepted suggestions would you bet on?',
      minutes: [5, null],
      scene: 'results',
    },
    {
      title: 'Overfitting',
      say: 'A single deep tree memorizes every row it has seen and fails on new ones. A forest averages many such trees.',
      ask: 'Set the model to tree: better or worse? Guess first.',
      minutes: [9, 6],
      scene: 'code',
      checkpoint: '3-forest',
      choices: ['Better', 'Worse', 'The same'],
      done: { file: 'params.yaml' },
    },
    {
      title: 'Boosting: shallow and slow',
      say: 'Boosting corrects the errors of the trees before. Small steps often win.',
      ask: 'Depth or learning rate: which would you change, and in which direction?',
      minutes: [8, null],
      scene: 'code',
      checkpoint: '4-boosting',
      done: { file: 'params.yaml' },
    },
    {
      title: 'Look once',
      say: 'A fifth of the rows was held out at the start: nobody here has seen them, and neither has the code.',
      ask: 'Higher or lower than the score of the cross-validation?',
      minutes: [5, 4],
      scene: 'reveal',
      choices: ['Higher', 'Lower', 'The same'],
      reveal: true,
    },
    {
      title: 'The same score again',
      say: 'A score counts only if others get it, too. Open a run, then Environment: the runtime, the hash of each library, the seed, and the lock with the hash of every file. Reproduce runs each stage again from an empty cache. At home, npm run reproduce does the same.',
      ask: 'Same code, same table, same seed: will the score be the same?',
      minutes: [2, 2],
      scene: 'results',
      choices: ['To the last bit', 'Almost', 'Only by chance'],
    },
  ];
}
