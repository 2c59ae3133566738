// What the driver reads about what they typed: "Saved" only while connected and only when everything is stored.
import { render } from '@testing-library/react';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SaveStatus, saveStatus } from '#app/_features/editor/save-status.tsx';

const LIVE = {
  drives: true,
  loaded: true,
  connected: true,
  unreachable: false,
  saved: true,
  unsaved: 0,
  storageFailed: false,
  closed: null,
} as const;
type Change = Partial<Record<keyof typeof LIVE, boolean | number>>;

function textOf(change: Change): string {
  const state = { ...LIVE, ...change } as unknown as Parameters<typeof SaveStatus>[0]['state'];
  const { container, unmount } = render(<SaveStatus state={state} />);
  const text = container.textContent ?? '';
  unmount();
  return text;
}

it.each<[string, Change]>([
  ['Saved', {}],
  ['Saving …', { saved: false, unsaved: 3 }],
  ['Offline: 1 character not saved', { connected: false, saved: false, unsaved: 1 }],
  ['Offline: 46 characters not saved', { connected: false, saved: false, unsaved: 46 }],
  ['Offline: your last changes are not saved', { connected: false, saved: false, unsaved: 0 }],
  ['Offline: everything you typed is saved', { connected: false }],
  ['The server cannot save: 46 characters not saved', { storageFailed: true, saved: false, unsaved: 46 }],
  [
    'The server cannot save: 46 characters not saved',
    { storageFailed: true, saved: false, unsaved: 46, connected: false },
  ],
  ['Offline', { connected: false, drives: false }],
  ['Loading the code …', { loaded: false, connected: false, drives: false }],
  ['Offline', { loaded: false, connected: false, drives: false, unreachable: true }],
  ['Disconnected by the server', { closed: 4403, connected: false, drives: false }],
])('%s', (text, change) => expect(textOf(change)).toBe(text));

it('never says "Saved" while disconnected, or while anything is not stored', () => {
  const states = fc.record({
    drives: fc.boolean(),
    loaded: fc.boolean(),
    connected: fc.boolean(),
    unreachable: fc.boolean(),
    saved: fc.boolean(),
    unsaved: fc.nat(100),
    storageFailed: fc.boolean(),
    closed: fc.constantFrom(null, 4403),
  });
  fc.assert(fc.property(states, (state) => saveStatus(state).text !== 'Saved' || (state.connected && state.saved)));
});
