// What the comparison of languages lets pass: terms that the field uses in every language, names, and texts that are the
// same by chance.

export const SAME: Readonly<Record<'de' | 'fr', readonly string[]>> = {
  de: [...['Crowd Programming', 'Driver', 'Offline', 'Diff', 'Median', 'RMSE', 'Accuracy', 'params.yaml: {} {} → {}']],
  fr: ['Crowd Programming', 'Diff', 'Type', 'RMSE', 'Log loss', 'minute', 'minutes'],
};

/** Files that are still English in the other languages. */
export const UNTRANSLATED = new Set([
  'entry.ts',
  'experiments.ts',
  'explain.ts',
  'host.ts',
  'machine.ts',
  'notices.ts',
  'own-table.ts',
  'participant.ts',
  'poll.ts',
  'projector.ts',
  'runs.ts',
  'scratch.ts',
  'suggestions.ts',
  'summary.ts',
]);
