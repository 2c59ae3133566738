// What one person tries for themselves: expressions over a table, and private previews.
import { many } from '../many.ts';

export const scratch = {
  scratch: {
    head: 'Scratch cell',
    hint: 'Query the table with an expression. Only you see the answer.',
    table: 'Table, as df',
    code: 'Expression',
    placeholder: "df.groupby(['…']).mean()",
    go: 'Evaluate',
    busy: 'Evaluating …',
    completions: 'Completions',
    kept: 'Earlier expressions',
    forget: 'Forget all',
    chart: 'Show chart',
    values: 'Show whole table',
    rows: (shown: number, total: number) =>
      shown < total ? `The first ${shown} of ${many(total, 'row')}` : many(total, 'row'),
    columns: (shown: number, total: number) => `The first ${shown} of ${total} columns`,
    noRows: 'No rows.',
    line: (n: number) => `Line ${n}:`,
    limits: {
      time: 'It took longer than 3 seconds and was stopped.',
      memory: 'It used too much memory and was stopped.',
      ended: 'It ended its process. Nothing else was affected.',
      busy: 'The runs come first, and many expressions are waiting: try again in a moment.',
      gone: 'This table is not kept any more: run the pipeline again.',
      unreadable: 'Its value cannot be shown: ask for a table, a column or a number.',
    },
    suggest: 'Look at this: suggest',
    lookAt: (code: string, result: string) => `Look at this: ${code} gives ${result}`,
    rowCount: 'Rows',
  },
  ownPreviews: {
    head: 'Your private previews',
    hint: 'Nobody else sees them until you send one as a suggestion.',
    name: (at: string, result: string) => `Preview of ${at}: ${result}`,
    parts: 'Parts of the preview',
    stages: 'Stages',
    log: 'Log',
    charts: 'Charts',
    code: 'Code changes',
    compare: (n: number) => `Compare with run #${n}`,
    sent: 'Sent as a suggestion.',
    sentence: 'What does it change, and why?',
    send: 'Send as suggestion',
  },
} as const;
