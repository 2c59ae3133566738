// Keys without a modifier on a page: never while somebody may believe that they are typing. Found when a lost connection
// took the editor, and with it the focus, from under a driver who typed on.
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { Keys } from '#app/_session/keys/shortcuts.tsx';
import { noteText } from '#app/_session/text/text-status.ts';
import { useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { ANNA, start } from '../../session-core/kit.ts';
import { openSession, stopClock } from './session.tsx';

function Page(props: { readonly done: string[]; readonly onSession: (id: string) => void }) {
  props.onSession(useSessionId());
  const [field, setField] = useState(true);
  return (
    <>
      {field ? <input aria-label="field" /> : null}
      <button type="button" onClick={() => setField(false)}>
        take the field away
      </button>
      <Keys
        list={[
          { key: 'a', what: 'apply', run: () => props.done.push('a') },
          { key: 'Mod+Enter', what: 'run', run: () => props.done.push('Mod+Enter') },
        ]}
      />
    </>
  );
}

async function opened() {
  const pass = stopClock(60_000);
  const done: string[] = [];
  let sessionId = '';
  const know = (id: string) => {
    sessionId = id;
  };
  const { user } = await openSession(start()).show(ANNA, <Page done={done} onSession={know} />);
  return { user, pass, done, textLive: (live: boolean) => noteText(sessionId, live ? 'live' : 'delayed') };
}

it('act on a quiet page', async () => {
  const { user, done } = await opened();
  await user.keyboard('a');
  expect(done).toEqual(['a']);
});

it('are letters in a field, and do nothing for two seconds after the field is left', async () => {
  const { user, pass, done } = await opened();
  await user.type(screen.getByLabelText('field'), 'banana');
  await user.click(document.body);
  await user.keyboard('a');
  expect(done).toEqual([]);
  expect(screen.getByText(t.keys.ignored.focus('a'))).toBeTruthy();
  await pass(2_100);
  await user.keyboard('a');
  expect(done).toEqual(['a']);
});

it('do nothing when the field is taken away under a word, however long the word goes on', async () => {
  const { user, pass, done } = await opened();
  await user.type(screen.getByLabelText('field'), 'ban');
  fireEvent.click(screen.getByText('take the field away'));
  for (const letter of 'ana and another sentence with all of its letters') {
    await user.keyboard(letter);
    await pass(400);
  }
  expect(done).toEqual([]);
});

it('do nothing in the middle of a word that is typed into nothing', async () => {
  const { user, done } = await opened();
  await user.keyboard('banana');
  expect(done).toEqual([]);
});

it('do nothing while the text connection is down; chords are left to the outbox', async () => {
  const { user, pass, done, textLive } = await opened();
  textLive(true);
  textLive(false);
  await user.keyboard('a');
  expect(done).toEqual([]);
  expect(screen.getByText(t.keys.ignored.offline('a'))).toBeTruthy();
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(done).toEqual(['Mod+Enter']);
  textLive(true);
  await pass(2_100);
  await user.keyboard('a');
  expect(done).toEqual(['Mod+Enter', 'a']);
});
