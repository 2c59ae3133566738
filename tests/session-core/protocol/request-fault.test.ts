// An invalid payload: the sentence names the field and what is expected, not the schema library's words.
import { expect, it } from 'vitest';
import { understand } from '#server/realtime/parse-command.ts';
import { messageOf } from '#session-core/sentences/message.ts';

const said = (command: object) => {
  const spoken = understand({ id: 'command-1', ...command });
  return spoken.ok ? 'valid' : messageOf(spoken.error);
};
const anchor = { file: 'a.ts', fromLine: 1, toLine: 1, revision: 1 };

it.each([
  [{}, '`type` is missing'],
  [{ type: 'nope' }, '`type`: there is no "nope"'],
  [{ type: 'hand.raise', x: 1 }, '`x` is not a recognized field'],
  [{ type: 'suggestion.edit', suggestion: 's1' }, '`text` is missing'],
  [{ type: 'suggestion.edit', suggestion: 's1', text: 5 }, '`text` must be a string'],
  [{ type: 'suggestion.edit', suggestion: 's1', text: 'x'.repeat(1_201) }, '`text` may have at most 1200 characters'],
  [{ type: 'suggestion.edit', suggestion: '', text: 'x' }, '`suggestion` must have at least 1 character'],
  [{ type: 'run.request', force: Array(21).fill('a') }, '`force` may have at most 20 entries'],
  [{ type: 'pulse.set', value: 'slow' }, '`value` must be "fast", "lost" or "fine"'],
  [{ type: 'session.configure', previewTop: 0 }, '`previewTop` must be at least 1'],
  [{ type: 'session.configure', previewTop: 11 }, '`previewTop` must be at most 10'],
  [{ type: 'session.configure', previewTop: 1.5 }, '`previewTop` must be a whole number'],
  [{ type: 'session.configure', frozen: 'yes' }, '`frozen` must be true or false'],
  [
    { type: 'suggestion.add', text: 'x', anchor: { ...anchor, file: '../x' } },
    '`anchor.file`: ".." is not a name for a file or folder: begin it with a letter or digit and do not end it with a dot',
  ],
  [{ type: 'suggestion.add', text: 'x', patch: 5 }, '`patch` must be an object'],
])('%j', (command, what) => {
  expect(said(command)).toBe(`Invalid request: ${what}.`);
});
