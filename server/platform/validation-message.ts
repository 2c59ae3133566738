// Why a payload was not understood, in words for whoever sent it.
// Invariant: names the field and what it must be; nothing of what was sent but a short name comes back.
import * as v from 'valibot';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  Array: 'a list',
  Object: 'an object',
};

export function whatIsWrong(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return `${path === null ? 'it' : `\`${path.slice(0, 100)}\``}${faultOf(issue)}`;
}

function faultOf({ type, expected, received, requirement, input }: v.BaseIssue<unknown>): string {
  const limit = String(requirement);
  const things = Array.isArray(input) ? (limit === '1' ? 'entry' : 'entries') : `character${limit === '1' ? '' : 's'}`;
  switch (type) {
    case 'variant':
      return received === 'undefined' ? ' is missing' : `: there is no ${received.slice(0, 60)}`;
    case 'max_length':
      return ` may have at most ${limit} ${things}`;
    case 'min_length':
      return ` must have at least ${limit} ${things}`;
    case 'max_value':
      return ` must be at most ${limit}`;
    case 'min_value':
      return ` must be at least ${limit}`;
    case 'integer':
      return ' must be a whole number';
    case 'finite':
      return ' must be a finite number';
    case 'regex':
      return ' is not of the right form';
  }
  if (expected === 'never') return ' is not known here';
  if (type === 'strict_object' && received === 'undefined') return ' is missing';
  if (expected === null) return ' is not what it must be';
  return ` must be ${KINDS[expected] ?? inWords(expected)}`;
}

/** `("a" | "b" | "c")` as `"a", "b" or "c"`. */
function inWords(expected: string): string {
  const ways = expected.replace(/^\(|\)$/g, '').split(' | ');
  const words = ways.map((way) => KINDS[way] ?? way);
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
