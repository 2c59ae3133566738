// What the comparison of languages lets pass: terms that the field uses in every language, names, code, and words that are
// the same by chance.

const EVERYWHERE = [
  'Crowd Programming',
  'Ada Lovelace',
  'Code',
  'Diff',
  'Pipeline',
  'RMSE',
  "df.groupby(['…']).mean()",
  'git clone {} session && cd session && npm ci && npm start',
];

export const SAME: Readonly<Record<'de' | 'fr', readonly string[]>> = {
  de: [
    ...EVERYWHERE,
    'Accuracy',
    'Driver',
    'Filter',
    'Live',
    'Median',
    'Offline',
    'Parameter',
    'RMSE in {}',
    'Score',
    'Stage',
    'Stage {}',
    'Stages',
    'offline',
    'online',
    'params.yaml: {} {} → {}',
    '{} online',
  ],
  fr: [
    ...EVERYWHERE,
    'Exports',
    'Log loss',
    'Question',
    'Runs',
    'Suggestions',
    'Type',
    'hold-out',
    'minute',
    'minutes',
    'runs',
    'suggestions',
    'suspect',
    'vote',
    'votes',
  ],
};
