// What pandas users write out of habit in an expression, and how it is written here.

interface Habit {
  readonly code: RegExp;
  /** What the engine said of it; absent: whatever it said. */
  readonly said?: RegExp;
  readonly instead: string;
}

const SYNTAX = /^SyntaxError/;
/** In the order in which they are asked: what explains the most first. */
const HABITS: readonly Habit[] = [
  {
    code: /^\s*(import|from)\s/,
    said: SYNTAX,
    instead: 'nothing needs an import: df, DataFrame, Series, concat, merge, cut, qcut and getDummies are there',
  },
  { code: /\blambda\b/, said: SYNTAX, instead: 'write (row) => row.x for lambda row: row.x' },
  { code: /\bfor\s+\w+\s+in\b/, said: SYNTAX, instead: 'write list.filter((x) => …).map((x) => …)' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it says how one is written
  { code: /\bf(["']).*\1/, said: SYNTAX, instead: 'write a text with values in it as `mean ${…}`' },
  {
    code: /\[[^\]{?]*:[^\]]*\]/,
    said: SYNTAX,
    instead: "write df.head(5), df.tail(5) or df.iloc({ rows: ['0:5'], columns: ['0:3'] })",
  },
  { code: /\b(not|and|or|is|in)\b/, said: SYNTAX, instead: 'write !a, a && b, a || b, a === b, list.includes(a)' },
  {
    code: /\.(plot|hist|boxplot)\b/,
    instead:
      "ask for the values alone, such as df.x or df.loc({ columns: ['x', 'y'] }), and press Show chart: it draws them",
  },
  {
    code: /\bpd\./,
    said: /\bpd is not defined/,
    instead:
      'write concat(…), merge(…), cut(…) without pd; instead of crosstab df.pivotTable({ index, columns, values })',
  },
  {
    code: /\bnp\./,
    said: /\bnp is not defined/,
    instead: 'write df.x.mean() for a column, and Math.sqrt(2) for a number',
  },
  { code: /\blen\(/, said: /\blen is not defined/, instead: 'write df.shape[0], or list.length' },
  { code: /\bprint\(/, said: /\bprint is not defined/, instead: 'the value is shown without print' },
  {
    code: /\b(sum|max|min|abs|round)\(/,
    said: /\b(sum|max|min|abs|round) is not defined/,
    instead: 'write df.x.sum(), .max(), .min(), .abs() or .round(2) for a column, and Math.max(1, 2) for numbers',
  },
  {
    code: /\b(sorted|list|range|str|int|float|dict|set)\(/,
    said: /\b(sorted|list|range|str|int|float|dict|set) is not defined/,
    instead: 'there are no functions of Python; write df.x.sortValues(), String(x), Number(x)',
  },
  {
    code: /\b(True|False|None)\b/,
    said: /\b(True|False|None) is not defined/,
    instead: 'write true, false, null',
  },
  {
    code: /^\s*\w+\s*=(?![=>])/,
    said: /is not defined/,
    instead: 'an expression has one value and keeps no names: ask for the value itself',
  },
];

/** `message` with how it is written here, where the expression is Python. */
export function explained(code: string, message: string): string {
  const bare = withoutTexts(code);
  const named = /(\w+) is not defined/.exec(message)?.[1];
  const asArgument = named !== undefined && new RegExp(`[(,]\\s*${named}\\s*=(?![=>])`).test(bare);
  const instead = asArgument
    ? `arguments have no names: they are in an object, as in sortValues('x', { ascending: false })`
    : HABITS.find((habit) => habit.code.test(bare) && (habit.said?.test(message) ?? true))?.instead;
  if (instead === undefined) return message;
  // A slip in TypeScript may look like Python: what the engine said of it stays.
  const said = SYNTAX.test(message) ? ` (${message})` : '';
  return `This is TypeScript, not Python: ${instead}${said}`;
}

/** Words within texts, such as those of a query, are no code. */
const withoutTexts = (code: string): string => code.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '$1$1');
