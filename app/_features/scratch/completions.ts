// What may follow in an expression: names of columns inside quotes, methods and columns behind a dot, what an expression
// begins with elsewhere.
// Invariant: pure, and knows no table but the one it is given.

/** Of frames, columns and groups; in the order of how often they are wanted. */
// biome-ignore format: one name a line would be a page
export const METHODS = [
  'groupby', 'query', 'mean', 'head', 'describe', 'sortValues', 'valueCounts', 'corr', 'column', 'count', 'sum', 'median',
  'min', 'max', 'std', 'quantile', 'nUnique', 'unique', 'isNa', 'dropNa', 'fillNa', 'loc', 'iloc', 'selectDtypes',
  'pivotTable', 'agg', 'apply', 'assign', 'drop', 'rename', 'sample', 'tail', 'round', 'nLargest', 'nSmallest', 'isIn',
  'between', 'gt', 'ge', 'lt', 'le', 'eq', 'ne', 'rank', 'var', 'mode', 'dropDuplicates', 'duplicated', 'resetIndex',
] as const;
const BEGINNINGS = ['df', 'concat', 'merge', 'cut', 'qcut', 'getDummies', 'DataFrame', 'Series', 'core'] as const;
const MOST = 8;

export interface Completion {
  readonly shown: string;
  /** What takes the place of the text from `Completions.from` to the caret. */
  readonly insert: string;
}
export interface Completions {
  readonly from: number;
  readonly items: readonly Completion[];
}

const NONE: Completions = { from: 0, items: [] };
const IDENTIFIER = /^[A-Za-z_]\w*$/;

export function completionsAt(code: string, caret: number, columns: readonly string[]): Completions {
  const before = code.slice(0, caret);
  const quoted = openString(before);
  if (quoted !== null) {
    const word = /[\w.-]*$/.exec(quoted)?.[0] ?? '';
    return matching(before.length - word.length, word, columns.map(plain));
  }
  const [, dot, word = ''] = /(\.?)([A-Za-z_]*)$/.exec(before) ?? [];
  const from = before.length - word.length;
  if (dot) {
    // A number's point begins no method.
    if (/\d\.$/.test(before.slice(0, from)) && word === '') return NONE;
    return matching(from, word, [
      ...METHODS.map((name) => ({ shown: `${name}()`, insert: `${name}(` })),
      ...columns.filter((name) => IDENTIFIER.test(name)).map(plain),
    ]);
  }
  return word === '' ? NONE : matching(from, word, BEGINNINGS.map(plain));
}

const plain = (name: string): Completion => ({ shown: name, insert: name });

function matching(from: number, word: string, items: readonly Completion[]): Completions {
  const wanted = word.toLowerCase();
  const found = items.filter(({ insert }) => insert.toLowerCase().startsWith(wanted) && insert !== word);
  return { from, items: found.slice(0, MOST) };
}

/** What a string holds that is still open; null: none is. */
function openString(text: string): string | null {
  let quote: string | null = null;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quote === null && (character === '"' || character === "'" || character === '`')) {
      quote = character;
      from = i + 1;
    } else if (character === '\\') i++;
    else if (character === quote) quote = null;
  }
  return quote === null ? null : text.slice(from);
}
