// The sizes of messages: counted as the network counts them, and each transport takes more than what may be said in it.
import { expect, it } from 'vitest';
import { type ClientCommand, clientCommandSchema } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { commandFault } from '#session-core/protocol/check-command.ts';
import { SIZES, utf8Bytes } from '#session-core/protocol/sizes.ts';
import { messageOf } from '#session-core/sentences/message.ts';

it.each(['', 'plain', 'é', '漢字', '👩‍🚀', '\ud800', 'x\udc00', '\ud800\ud800\udc00'])(
  'counts the bytes of %j',
  (text) => {
    expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
  },
);

it('a transport takes everything that may be said in it', () => {
  expect(SIZES.packet).toBeGreaterThan(SIZES.command + 1_000);
  expect(SIZES.textFrame).toBeGreaterThan(LIMITS.documentBytes);
  expect(SIZES.textMessage).toBeGreaterThan(SIZES.textFrame);
});

it('only a patch can be longer than a command may be', () => {
  const long = (most: number) => '"'.repeat(most * 4);
  const longest: readonly ClientCommand[] = [
    { type: 'suggestion.add', text: long(LIMITS.suggestion), stage: 'x'.repeat(40) },
    { type: 'suggestion.decline', suggestion: 'x'.repeat(40), reason: long(LIMITS.reason) },
    { type: 'session.configure', title: long(LIMITS.title) },
    { type: 'run.request', force: Array<string>(20).fill('x'.repeat(40)) },
  ];
  for (const command of longest) expect(utf8Bytes(JSON.stringify(command))).toBeLessThan(SIZES.command / 4);
  expect(clientCommandSchema.options.filter((option) => 'patch' in option.entries)).toHaveLength(2);
});

const suggest = (files: number, hunks: number, added: readonly string[]): ClientCommand => ({
  type: 'suggestion.add',
  text: 'x',
  patch: {
    revision: 1,
    files: Array.from({ length: files }, (_, n) => ({
      path: `f${n}.ts`,
      hunks: Array.from({ length: hunks }, (_, at) => ({ fromLine: at + 1, removed: [], added: [...added] })),
    })),
  },
});

it.each([
  ['bytes', suggest(1, 1, Array<string>(40).fill('ä'.repeat(900))), /64000 bytes.* this one has 7\d{4}/],
  ['files', suggest(21, 1, ['x']), /20 files, and this one changes 21/],
  ['places', suggest(1, 201, ['x']), /f0\.ts in 200 places, and this one does so in 201/],
  ['lines', suggest(1, 1, Array<string>(2_001).fill('')), /2000 lines, and this one has 2001/],
  ['columns', suggest(1, 1, ['x'.repeat(2_001)]), /2000 characters, and one of f0\.ts has 2001/],
])('a patch over the limit of %s is not sent, and the sentence names the limit', (_, command, sentence) => {
  const fault = commandFault(command);
  expect(fault?.code).toBe('over_limit');
  expect(fault && messageOf(fault)).toMatch(sentence);
});

it('what is within the limits may be sent', () => {
  expect(commandFault(suggest(2, 20, ['const a = 1;']))).toBeNull();
  expect(commandFault({ type: 'hand.raise' })).toBeNull();
  expect(commandFault({ type: 'suggestion.edit', suggestion: '', text: 'x' })?.code).toBe('invalid');
});
