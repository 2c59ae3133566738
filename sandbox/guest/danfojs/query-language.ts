// The expressions of df.query('age > 17 and sex == "F"'): pandas' little language, read and evaluated without eval.
// Comparisons (chained, too), in / not in, and / or / not, + - * / % **, brackets, `odd names` in backticks.
import { isMissing, shown } from './cells.ts';
import type { Cell } from './frame-types.ts';

type Value = Cell | readonly Cell[];
type Evaluate = (row: number) => Value;
interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** @param columnOf the cells of a column; throws for an unknown one. Throws SyntaxError naming the place. */
export function readQuery(text: string, columnOf: (name: string) => readonly Cell[]): (row: number) => boolean {
  const reader = new Reader(text, columnOf);
  const evaluate = reader.either();
  reader.expectEnd();
  return (row) => evaluate(row) === true;
}

const NO_METHODS =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what people are to write
  'there are no methods here: put a value in by a template, `age > ${df.age.mean()}`; missing ones are df.query(df.age.isNa())';
const SIGNS = ['**', '===', '!==', '==', '!=', '<=', '>=', '&&', '||', ...'<>=+-*/%()[],&|~!@'];
const WORDS: Readonly<Record<string, string>> = { and: '&', or: '|', not: '~', '&&': '&', '||': '|', '!': '~' };
const LITERALS: Readonly<Record<string, Cell>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
};
const ORDERED = ['<', '<=', '>', '>='];

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|("[^"]*"|'[^']*')|`([^`]+)`|([\p{L}_$][\p{L}\p{N}_$]*))/uy;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    if (found !== null) {
      const [, number, quoted, ticked, name] = found;
      const kind = number !== undefined ? 'number' : quoted !== undefined ? 'text' : 'name';
      tokens.push({
        kind,
        text: number ?? quoted?.slice(1, -1) ?? ticked ?? name!,
        at: ticked === undefined ? start : -1,
      });
      at = pattern.lastIndex;
      continue;
    }
    const sign = SIGNS.find((one) => text.startsWith(one, start));
    if (text[start] === '.') throw wrong(text, start, NO_METHODS);
    if (sign === undefined) throw wrong(text, start, `${text[start]} is not understood here`);
    tokens.push({ kind: 'sign', text: sign, at: start });
    at = start + sign.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function wrong(text: string, at: number, what: string): SyntaxError {
  const place = at >= text.length ? 'at its end' : `at character ${at + 1}`;
  return new SyntaxError(`query('${text}'): ${what} (${place}). Write for example 'age > 17 and sex == "F"'`);
}

class Reader {
  private readonly tokens: readonly Token[];
  private place = 0;
  private readonly text: string;
  private readonly columnOf: (name: string) => readonly Cell[];

  constructor(text: string, columnOf: (name: string) => readonly Cell[]) {
    this.text = text;
    this.columnOf = columnOf;
    this.tokens = tokensOf(text);
  }

  expectEnd(): void {
    if (this.now.kind === 'end') return;
    const hint = this.now.text === '=' ? 'compare with ==, not =' : `${this.now.text} is not expected here`;
    throw wrong(this.text, this.now.at, hint);
  }

  either(): Evaluate {
    let left = this.both();
    while (this.takes('|')) left = this.joined(left, this.both(), (a, b) => a || b);
    return left;
  }

  private both(): Evaluate {
    let left = this.negated();
    while (this.takes('&')) left = this.joined(left, this.negated(), (a, b) => a && b);
    return left;
  }

  private joined(left: Evaluate, right: Evaluate, how: (a: boolean, b: boolean) => boolean): Evaluate {
    return (row) => how(this.truth(left(row)), this.truth(right(row)));
  }

  private negated(): Evaluate {
    // `not in` is a comparison and never begins one.
    if (!this.takes('~')) return this.compared();
    const inner = this.negated();
    return (row) => !this.truth(inner(row));
  }

  private truth(value: Value): boolean {
    if (typeof value === 'boolean') return value;
    if (!Array.isArray(value) && isMissing(value)) return false;
    throw new TypeError(`query('${this.text}'): ${shown(value)} is neither true nor false: compare it with something`);
  }

  private compared(): Evaluate {
    let left = this.sum();
    let all: Evaluate | undefined;
    for (let sign = this.comparison(); sign !== undefined; sign = this.comparison()) {
      const [one, right, how] = [left, this.sum(), sign];
      const link: Evaluate = (row) => this.holds(how, one(row), right(row));
      const before = all;
      all = before === undefined ? link : (row) => before(row) === true && link(row) === true;
      left = right;
    }
    return all ?? left;
  }

  private comparison(): string | undefined {
    const { kind, text } = this.now;
    if (kind === 'name' && text === 'in' && this.now.at >= 0) {
      this.place++;
      return 'in';
    }
    const next = this.tokens[this.place + 1];
    if (this.isSign('~') && next?.text === 'in') {
      this.place += 2;
      return 'not in';
    }
    if (kind !== 'sign' || ![...ORDERED, '==', '!=', '===', '!=='].includes(text)) return undefined;
    this.place++;
    return text.length === 3 ? text.slice(0, 2) : text;
  }

  private holds(sign: string, left: Value, right: Value): boolean {
    if (sign === 'in' || sign === 'not in' || Array.isArray(right)) {
      const list = Array.isArray(right) ? (right as readonly Cell[]) : [right as Cell];
      const inside = list.some((item) => (isMissing(item) ? isMissing(left) : item === left));
      if (ORDERED.includes(sign)) throw wrong(this.text, 0, `a list has no place beside ${sign}`);
      return sign === 'not in' || sign === '!=' ? !inside : inside;
    }
    if (isMissing(left) || isMissing(right)) return sign === '!=';
    if (sign === '==') return left === right;
    if (sign === '!=') return left !== right;
    if ((typeof left === 'string') !== (typeof right === 'string')) {
      throw new TypeError(`query('${this.text}'): ${shown(left)} ${sign} ${shown(right)} compares text with a number`);
    }
    const [a, b] = [left as number, right as number];
    return sign === '<' ? a < b : sign === '<=' ? a <= b : sign === '>' ? a > b : a >= b;
  }

  private sum(): Evaluate {
    let left = this.product();
    for (;;) {
      if (this.takes('+')) {
        const [one, other] = [left, this.product()];
        // Text is joined, as in pandas.
        left = (row) => {
          const [a, b] = [one(row), other(row)];
          return typeof a === 'string' && typeof b === 'string' ? a + b : this.number(a) + this.number(b);
        };
      } else if (this.takes('-')) left = this.calculated(left, this.product(), (a, b) => a - b);
      else return left;
    }
  }

  private product(): Evaluate {
    let left = this.signed();
    for (;;) {
      if (this.takes('*')) left = this.calculated(left, this.signed(), (a, b) => a * b);
      else if (this.takes('/')) left = this.calculated(left, this.signed(), (a, b) => a / b);
      // The sign of the divisor, as in Python.
      else if (this.takes('%')) left = this.calculated(left, this.signed(), (a, b) => a - b * Math.floor(a / b));
      else return left;
    }
  }

  private signed(): Evaluate {
    if (this.takes('-')) {
      const inner = this.signed();
      return (row) => -this.number(inner(row));
    }
    if (this.takes('+')) return this.signed();
    const base = this.single();
    return this.takes('**') ? this.calculated(base, this.signed(), (a, b) => a ** b) : base;
  }

  private calculated(left: Evaluate, right: Evaluate, how: (a: number, b: number) => number): Evaluate {
    return (row) => how(this.number(left(row)), this.number(right(row)));
  }

  private number(value: Value): number {
    if (typeof value === 'number') return value;
    if (typeof value === 'boolean') return Number(value);
    if (!Array.isArray(value) && isMissing(value)) return Number.NaN;
    throw new TypeError(`query('${this.text}'): ${shown(value)} is no number to calculate with`);
  }

  private single(): Evaluate {
    const token = this.now;
    this.place++;
    if (token.kind === 'number') return () => Number(token.text);
    if (token.kind === 'text') return () => token.text;
    if (token.kind === 'name') return this.named(token);
    if (token.text === '(') {
      const inner = this.either();
      if (this.isSign(',')) return this.list(inner, ')');
      this.expect(')');
      return inner;
    }
    if (token.text === '[') return this.takes(']') ? () => [] : this.list(this.either(), ']');
    if (token.text === '@') {
      const name = this.now.text;
      throw wrong(this.text, token.at, `@${name} is Python's: put the value in by a template, \`age > \${${name}}\``);
    }
    throw wrong(
      this.text,
      token.at,
      token.kind === 'end' ? 'something is missing' : `${token.text} is not expected here`,
    );
  }

  private named(token: Token): Evaluate {
    if (token.at >= 0 && Object.hasOwn(LITERALS, token.text)) return () => LITERALS[token.text];
    if (this.isSign('('))
      throw wrong(
        this.text,
        token.at,
        `functions such as ${token.text}() are not known: make a mask of the column's methods`,
      );
    try {
      const cells = this.columnOf(token.text);
      return (row) => cells[row];
    } catch (error) {
      throw new Error(`${(error as Error).message} If ${token.text} is a text, put it in quotes: '${token.text}'.`);
    }
  }

  private list(first: Evaluate, end: string): Evaluate {
    const items = [first];
    while (this.takes(',')) if (!this.isSign(end)) items.push(this.either());
    this.expect(end);
    return (row) => items.map((item) => item(row) as Cell);
  }

  private get now(): Token {
    return this.tokens[this.place]!;
  }

  private isSign(sign: string): boolean {
    const { kind, text, at } = this.now;
    return (
      (kind === 'sign' && (text === sign || WORDS[text] === sign)) ||
      (kind === 'name' && at >= 0 && WORDS[text] === sign)
    );
  }

  private takes(sign: string): boolean {
    const is = this.isSign(sign);
    if (is) this.place++;
    return is;
  }

  private expect(sign: string): void {
    if (!this.takes(sign)) throw wrong(this.text, this.now.at, `${sign} is missing`);
  }
}
