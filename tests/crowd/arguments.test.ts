// What can be typed after `crowd`, and what is answered to what cannot.
import { expect, it } from 'vitest';
import { readArguments } from '#crowd/program/arguments.ts';
import { COMMANDS, type CommandName, helpOf } from '#crowd/program/command-table.ts';
import { Failure } from '#crowd/program/failure.ts';
import { readJoinLink } from '#crowd/server/address.ts';

const failureOf = (act: () => unknown): Failure => {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

it('reads a command, its words and its options, in any order', () => {
  expect(readArguments(['--json', 'suggest', 'Scale the inputs', '--timeout', '5'])).toEqual({
    command: 'suggest',
    words: ['Scale the inputs'],
    options: { json: true, timeout: '5' },
  });
  expect(readArguments(['clone', '--help'])).toMatchObject({ command: null, words: ['clone'] });
  expect(readArguments([])).toMatchObject({ command: null, words: [] });
});

it.each([
  [['sugest'], 'There is no command "sugest".'],
  [['run', '--timeout', '5'], 'crowd run does not know --timeout.'],
  [['run', '--fast'], "Unknown option '--fast'."],
  [['suggest', 'Scale', 'the', 'inputs'], 'crowd suggest does not know what to do with "the".'],
])('refuses %j with a sentence and what to do', (argv, sentence) => {
  const { code, message, advice } = failureOf(() => readArguments(argv));
  expect({ code, message }).toEqual({ code: 'usage', message: sentence });
  expect(advice).toContain('--help');
});

it('has help for each command, with its options', () => {
  const names = Object.keys(COMMANDS) as CommandName[];
  for (const name of names) {
    expect(helpOf(undefined)).toContain(COMMANDS[name].text);
    for (const option of COMMANDS[name].options) expect(helpOf(name)).toContain(`--${option}`);
  }
});

it('reads join links, below a path as well, and a code with its server', () => {
  expect(readJoinLink('https://host/j/ABC123')).toEqual({ server: 'https://host', code: 'ABC123' });
  expect(readJoinLink('http://10.0.0.2:3000/workshop/j/abc123/')).toEqual({
    server: 'http://10.0.0.2:3000/workshop',
    code: 'abc123',
  });
  expect(readJoinLink('ABC 123', 'https://host/')).toEqual({ server: 'https://host', code: 'ABC123' });
});

it.each([
  ['ABC123', 'no_server'],
  ['https://host/s/gy5dgkkgz4', 'bad_link'],
  ['ftp://host/j/ABC123', 'bad_link'],
  ['https://host/j/ABC123456', 'bad_link'],
  ['nonsense', 'bad_link'],
])('says what is wrong with %s', (link, code) => {
  expect(failureOf(() => readJoinLink(link))).toMatchObject({ code, advice: expect.any(String) });
});
