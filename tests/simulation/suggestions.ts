// What simulated participants suggest: parameter changes and sentences, in a seeded order. The changes are known to
// improve the score, so the error in a demo really falls.
import { createRng, permutation } from '#pipeline-core';

export interface Tap {
  readonly key: string;
  readonly value: string;
  readonly text: string;
}

/** The changes that help most come early. */
export const TAPS: readonly Tap[] = [
  { key: 'columns.failures', value: 'true', text: 'Use failures: who failed before tends to struggle again' },
  { key: 'columns.higher', value: 'true', text: 'Use higher: wanting to go to university says a lot' },
  { key: 'columns.Medu', value: 'true', text: 'Use Medu: the mother’s education' },
  { key: 'columns.school', value: 'true', text: 'Use school: the two schools grade differently' },
  { key: 'columns.Fedu', value: 'true', text: 'Use Fedu as well' },
  { key: 'columns.schoolsup', value: 'true', text: 'Use schoolsup: extra lessons go to those who need them' },
  { key: 'columns.Dalc', value: 'true', text: 'Use Dalc: alcohol on workdays' },
  { key: 'model', value: 'ridge', text: 'Try ridge instead of plain least squares' },
  { key: 'model', value: 'forest', text: 'Try a random forest' },
  { key: 'model', value: 'boosting', text: 'Try boosting' },
  { key: 'forest.trees', value: '100', text: '10 trees are few: take 100' },
  { key: 'forest.leaf', value: '3', text: 'Leaves of at least 3 students' },
  { key: 'model', value: 'tree', text: 'Try one deep tree to see it overfit' },
  { key: 'knn.neighbors', value: '25', text: 'Ask 25 neighbours, not 5' },
  { key: 'columns.goout', value: 'true', text: 'Use goout: friends take time' },
  { key: 'columns.studytime', value: 'false', text: 'Drop studytime: is it worth anything at all?' },
];

export const SENTENCES: readonly string[] = [
  'Plot predicted against actual before we change more',
  'Are the zero grades students who left? Look at absences',
  'Should we use sex at all? Try without the sensitive columns',
  'One flag "failed at least once" instead of a count',
  'Show the error for each school separately',
  'Add a test that predict() and evaluate() agree',
  'What is the score of always saying the mean?',
  'Rename features() to encode()?',
  'Log the number of columns the model really sees',
  'Average the best two models',
  'Is the improvement bigger than the noise?',
  'Try a log of absences, most have none and a few have 30',
];

/** Every suggestion once, in an order that depends on the seed; early changes stay early. */
export function suggestionsInOrder(seed: number): readonly (Tap | string)[] {
  const rng = createRng(seed);
  const early = TAPS.slice(0, 6);
  const rest = [...TAPS.slice(6), ...SENTENCES];
  const shuffled = (list: readonly (Tap | string)[]) => Array.from(permutation(list.length, rng), (i) => list[i]!);
  return [...shuffled(early), ...shuffled(rest)];
}
