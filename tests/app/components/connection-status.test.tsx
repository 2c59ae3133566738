// The word in the header, and the code on a network that lets no WebSocket through.
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Doc } from 'yjs';
import { LiveCode } from '#app/_features/editor/live-code.tsx';
import { textStatusOf, useText } from '#app/_features/editor/use-text.ts';
import type { TextState } from '#app/_session/text/doc-provider.ts';
import { isTextLost, noteText, useTextStatus, worseOf } from '#app/_session/text/text-status.ts';
import { t } from '#app/_strings/strings.ts';
import { ANNA } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';
import { shownText } from './text.ts';

it.each([
  [{ connected: true, drives: false, unreachable: false }, 'live'],
  [{ connected: false, drives: false, unreachable: false }, 'delayed'],
  [{ connected: false, drives: false, unreachable: true }, 'delayed'],
  [{ connected: false, drives: true, unreachable: true }, 'offline'],
] as const)('%j is %s', (state, status) => expect(textStatusOf(state)).toBe(status));

function Word() {
  return <p>{useTextStatus('wanted')}</p>;
}
function Wanting() {
  useText('wanted');
  return null;
}
it('is not live from the moment that a page wants the text until the text is there, nor for longer than it wants it', async () => {
  render(<Word />);
  const { unmount } = render(<Wanting />);
  expect(screen.getByText('delayed')).toBeDefined();
  unmount();
  expect(screen.getByText('live')).toBeDefined();
});

it('is lost once it was connected and is not, or where nobody can type into it, but not while it opens', () => {
  const after = (...statuses: Parameters<typeof noteText>[1][]) => {
    noteText('lost', null);
    for (const status of statuses) noteText('lost', status);
    return isTextLost('lost');
  };
  expect(after()).toBe(false);
  expect(after('delayed')).toBe(false);
  expect(after('delayed', 'live')).toBe(false);
  expect(after('delayed', 'live', 'delayed')).toBe(true);
  expect(after('delayed', 'offline')).toBe(true);
  expect(after('live', null, 'delayed')).toBe(false);
});

it('the worse of two connections counts', () => {
  expect(worseOf('live', 'delayed')).toBe('delayed');
  expect(worseOf('offline', 'delayed')).toBe('offline');
  expect(worseOf('live', 'live')).toBe('live');
});

const STATE: Partial<TextState> = {
  doc: new Doc(),
  loaded: false,
  connected: false,
  paths: [],
  closed: null,
  drives: false,
};

it('shows the newest revision, and says why, while the text connection cannot be made', async () => {
  shownText.state = { ...STATE, unreachable: true };
  const session = openSession();
  const files = { 'params.yaml': 'model: knn', 'src/train.ts': 'train();' };
  session.answers['files?revision=1'] = { revision: 1, files, data: [] };
  await session.show(ANNA, <LiveCode sessionId="s" />);
  expect(await screen.findByText('knn', { exact: false })).toBeDefined();
  expect(screen.getByText(t.editor.blocked)).toBeDefined();
  expect(screen.queryByText(t.editor.loading)).toBeNull();
});

it('says that the code is on its way while the connection is being made', async () => {
  shownText.state = { ...STATE, unreachable: false };
  await openSession().show(ANNA, <LiveCode sessionId="s" />);
  expect(screen.getByText(t.editor.loading)).toBeDefined();
});
