// What a command says: lines for people, or with --json one value for programs (`drive`: one value a line as it goes).
// Invariant: texts that others wrote cannot move the cursor, change colours or hide: control characters are shown as numbers.
import { stripVTControlCharacters } from 'node:util';
import { codePieces } from '#session-core/util/code-text.ts';
import { Failure, ofSystem } from './failure.ts';

export interface Output {
  readonly json: boolean;
  /** For people; nothing with --json. */
  line(text: string): void;
  /** The same on stderr: progress, which a pipe need not see. */
  note(text: string): void;
  /** For programs; nothing without --json. */
  value(value: object): void;
  readonly paint: Paint;
}

export interface Paint {
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
  readonly head: (text: string) => string;
}

const PLAIN: Paint = { added: (text) => text, removed: (text) => text, head: (text) => text };
const colour = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const COLOURS: Paint = { added: colour(32), removed: colour(31), head: colour(36) };

export function createOutput(json: boolean): Output {
  const colours = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  const show = (stream: NodeJS.WriteStream, text: string) => void (json || stream.write(`${harmless(text)}\n`));
  return {
    json,
    line: (text) => show(process.stdout, text),
    note: (text) => show(process.stderr, text),
    value: (value) => void (json && process.stdout.write(`${JSON.stringify(value)}\n`)),
    paint: colours ? COLOURS : PLAIN,
  };
}

/** A text of others, such as a line of code or a display name, in one line of a terminal. */
export const shown = (text: string): string =>
  codePieces(text.replaceAll('\n', ' '))
    .map((piece) => piece.text)
    .join('');

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of this program begin with one
const OWN_COLOURS = /(\u001b\[(?:0|31|32|36)m)/;

/** What was forgotten to be shown as a text of others is so all the same. */
const harmless = (text: string): string =>
  text
    .split(OWN_COLOURS)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.split('\n').map(shown).join('\n')))
    .join('');

/** The same for a text of several lines, such as what a server answers. */
export const shownLines = (text: string): string => stripVTControlCharacters(text).split('\n').map(shown).join('\n');

/** The error as it is said, and the exit code. */
export function report(thrown: unknown, output: Output): number {
  const error = ofSystem(thrown) ?? thrown;
  if (!(error instanceof Failure)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`crowd: this is a bug of crowd, please report it:\n${shownLines(text)}\n`);
    output.value({ error: { code: 'internal', message: String(error) } });
    return 70;
  }
  const { code, message, advice } = error;
  const said = { code, message, ...(advice === undefined ? {} : { advice }) };
  output.value({ error: said });
  if (!output.json) process.stderr.write(`crowd: ${shownLines(message)}\n${advice === undefined ? '' : `${advice}\n`}`);
  return 1;
}
