// The facilitator's steps of a new course: 60 minutes that fit any table. Everything in it can be edited.
import type { CoursePlan } from './plan.ts';
import { quoted } from './writing.ts';

interface Step {
  readonly title: string;
  readonly say: string;
  readonly ask: string;
  readonly minutes: number;
  readonly scene: string;
  readonly checkpoint?: string;
  readonly reveal?: true;
}

export function agendaYaml(plan: CoursePlan): string {
  return `# The facilitator's steps. No scores are written here: they come from the session's own runs.\nsteps:\n${stepsOf(plan).map(written).join('')}`;
}

function written(step: Step): string {
  const [first, ...rest] = Object.entries(step).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? quoted(value) : value}`,
  );
  return `  - ${first}\n${rest.map((line) => `    ${line}\n`).join('')}`;
}

function stepsOf({ targetColumn, inputs, table, kind }: CoursePlan): Step[] {
  const target = targetColumn.label;
  const guess = kind === 'regression' ? 'the mean of all rows' : 'how often each answer occurs';
  return [
    {
      title: 'Welcome',
      say: 'One person drives, everybody programs. Two taps and you are in: no account, no e-mail.',
      ask: 'Who would like to drive first? Raise a hand.',
      minutes: 5,
      scene: 'join',
    },
    {
      title: 'The question and the metric',
      say: `We predict ${target} for ${table.rowCount} rows, from ${inputs.length} other columns. Each row is scored by a model that has never seen it. The dashed line is the baseline, a prediction without a model: ${guess}. Only what a model gains over it counts.`,
      ask: 'Guess the next score. How far can we get today?',
      minutes: 7,
      scene: 'results',
    },
    {
      title: 'A pipeline with a cache',
      say: 'prepare feeds train and evaluate. A stage runs again only if something it reads has changed; otherwise its result comes from the cache.',
      ask: 'If we change only the model, which stages run again?',
      minutes: 6,
      scene: 'pipeline',
      checkpoint: '1-start',
    },
    {
      title: 'Better data first',
      say: 'Every column is a switch on your phone. Each suggestion is previewed before the driver accepts it.',
      ask: `Which column says the most about ${target}? Tap it, and vote.`,
      minutes: 15,
      scene: 'queue',
      checkpoint: '2-columns',
    },
    {
      title: 'Better, or just noise?',
      say: 'Grey means within noise: with other rows, the change could go the other way. Small gains add up only if they are real.',
      ask: 'Which of the accepted suggestions would you bet on?',
      minutes: 5,
      scene: 'results',
    },
    {
      title: 'Overfitting',
      say: 'A single deep tree memorizes every row it has seen and fails on new ones. A forest averages many such trees.',
      ask: 'Set the model to tree: better or worse? Guess first.',
      minutes: 10,
      scene: 'code',
      checkpoint: '3-forest',
    },
    {
      title: 'Boosting: shallow and slow',
      say: 'Boosting corrects the errors of the trees before. Small steps often win.',
      ask: 'Depth or learning rate: which would you change, and in which direction?',
      minutes: 7,
      scene: 'code',
      checkpoint: '4-boosting',
    },
    {
      title: 'Look once',
      say: 'A fifth of the rows was held out at the start: nobody here has seen them, and neither has the code.',
      ask: 'Higher or lower than the score of the cross-validation?',
      minutes: 5,
      scene: 'reveal',
      reveal: true,
    },
  ];
}
