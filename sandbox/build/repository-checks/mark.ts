// What a check of an exported repository came to, as a line of a terminal and what was found below it.

/** The checks that a patch has in a session, after whether its pipeline can be read at all. */
export type CheckName = 'pipeline' | 'types' | 'style' | 'tests' | 'leakage' | 'preview';

export interface Mark {
  readonly name: CheckName;
  /** `absent`: there is nothing to check, or not all that it takes. */
  readonly state: 'passed' | 'failed' | 'absent';
  /** Behind the state. */
  readonly note?: string;
  readonly found?: readonly string[];
}

const WORDS: Readonly<Record<Mark['state'], string>> = { passed: 'passed', failed: 'FAILED', absent: 'not checked' };
const WIDTH = 10;
const MOST_LINES = 40;

export function markLines({ name, state, note, found = [] }: Mark): string[] {
  const more = found.length - MOST_LINES;
  return [
    `${name.padEnd(WIDTH)}${WORDS[state]}${note === undefined ? '' : `: ${note}`}`,
    ...found.slice(0, MOST_LINES).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more lines`] : []),
  ];
}

/** Without colours, which some programs write whatever they write to, and without empty lines at its ends. */
export const linesOf = (text: string): string[] =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours of a terminal begin with
    .replaceAll(/\u001b\[[\d;]*m/g, '')
    .trimEnd()
    .split(/\r?\n/)
    .filter((line, i) => line !== '' || i > 0);
