// The words after `crowd`: a command, what it is about, and options.
// Invariant: an option that a command does not know is refused, with those that it knows.
import { parseArgs } from 'node:util';
import { COMMANDS, type CommandName, OPTIONS, type OptionName } from './command-table.ts';
import { Failure } from './failure.ts';

export interface Arguments {
  /** null: help, or the version, is wanted. */
  readonly command: CommandName | null;
  readonly words: readonly string[];
  readonly options: { readonly [Name in OptionName]?: string | true };
}

export function readArguments(argv: readonly string[]): Arguments {
  const known = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, option]) => {
      return [name, { type: 'value' in option ? 'string' : 'boolean' } as const];
    }),
  );
  let parsed: { readonly values: object; readonly positionals: readonly string[] };
  try {
    parsed = parseArgs({ args: [...argv], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new Failure('usage', `${sentence}.`, HELP);
  }
  const options = parsed.values as Arguments['options'];
  const [name, ...words] = parsed.positionals;
  if (name === undefined || name === 'help') {
    const about = words[0];
    return { command: null, words: about !== undefined && isCommand(about) ? [about] : [], options };
  }
  if (!isCommand(name)) throw new Failure('usage', `There is no command "${name}".`, HELP);
  if (options.help === true) return { command: null, words: [name], options };
  const { options: takes, words: most } = COMMANDS[name];
  const wrong = Object.keys(options).find(
    (option) => option !== 'json' && !(takes as readonly string[]).includes(option),
  );
  if (wrong !== undefined)
    throw new Failure('usage', `crowd ${name} does not know --${wrong}.`, `See: crowd ${name} --help`);
  if (words.length > most.length)
    throw new Failure(
      'usage',
      `crowd ${name} does not know what to do with "${words[most.length]}".`,
      most.length === 0
        ? `See: crowd ${name} --help`
        : `Put quotation marks around a sentence. See: crowd ${name} --help`,
    );
  return { command: name, words, options };
}

const HELP = 'See: crowd --help';

const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** Seconds of an option. */
export function secondsOf(text: string | true | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 3600))
    throw new Failure('usage', `"${String(text)}" is no number of seconds between 0 and 3600.`);
  return seconds;
}
