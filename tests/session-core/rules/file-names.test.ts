// Names of files that arrive with a command.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { clientCommandSchema } from '#session-core/model/client-commands.ts';
import { HOSTILE_NAMES } from '../../support/hostile-names.ts';

const isTaken = (path: string): boolean => {
  const files = [{ path, hunks: [{ fromLine: 1, removed: [], added: ['x'] }] }];
  const patched = v.is(clientCommandSchema, { type: 'suggestion.add', text: 'x', patch: { revision: 1, files } });
  const anchor = { file: path, fromLine: 1, toLine: 1, revision: 1 };
  expect(v.is(clientCommandSchema, { type: 'suggestion.add', text: 'x', anchor })).toBe(patched);
  return patched;
};

describe('the names in a patch or an anchor', () => {
  it.each(HOSTILE_NAMES)('[T14] %j is refused', (path) => expect(isTaken(path)).toBe(false));
  it('[T14] others are taken', () => expect(['src/a.ts', 'notes.md'].every(isTaken)).toBe(true));
});
