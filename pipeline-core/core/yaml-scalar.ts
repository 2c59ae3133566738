// One YAML 1.2 scalar on one line, read and written; all that this folder knows of YAML.
import { PipelineError } from './errors.ts';

export type Scalar = string | number | boolean | null;

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
// Plain words that need no quotes: none that YAML 1.1 or 1.2 would read as something else.
const PLAIN = /^[A-Za-z_./][A-Za-z0-9_./ +@-]*$/;
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|~|\.inf|\.nan)$/i;

/** The value of a scalar as it is in the text, without its comment. Throws PipelineError 'bad-yaml' for odd quotes. */
export function readScalar(text: string): Scalar {
  const word = text.trim();
  if (word === '' || word === '~' || /^null$/i.test(word)) return null;
  if (/^(?:true|True|TRUE)$/.test(word)) return true;
  if (/^(?:false|False|FALSE)$/.test(word)) return false;
  if (NUMBER.test(word)) return Number(word);
  if (/^0x[0-9a-fA-F]+$/.test(word) || /^0o[0-7]+$/.test(word)) return Number(word);
  if (word.startsWith("'")) {
    if (word.length < 2 || !word.endsWith("'")) throw oddQuotes(word);
    return word.slice(1, -1).replaceAll("''", "'");
  }
  if (word.startsWith('"')) {
    try {
      return String(JSON.parse(word));
    } catch {
      throw oddQuotes(word);
    }
  }
  return word;
}

/** The text of a scalar, quoted only where it must be. Throws PipelineError 'bad-param' for a number that is not finite. */
export function writeScalar(value: Scalar): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Object.is(value, -0) ? '0' : String(value);
    throw new PipelineError('bad-param', `${value} is no number that a params file can hold.`, {
      value: String(value),
    });
  }
  if (PLAIN.test(value) && !RESERVED.test(value) && !NUMBER.test(value) && !value.endsWith(' ')) return value;
  // Line ends and other control characters exist only in double quotes.
  return /[\p{Cc}\u2028\u2029]/u.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

function oddQuotes(word: string): PipelineError {
  return new PipelineError('bad-yaml', `The quotes of ${word} do not close on the same line.`, { text: word });
}
