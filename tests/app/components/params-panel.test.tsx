// Parameter controls: one tap is one suggestion of one line, against the revision that is shown.
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ParamsPanel } from '#app/_features/params/params-panel.tsx';
import { t } from '#app/_strings/strings.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { ANNA, HOST, start } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const TEXT = `columns:
  failures: false # past class failures
  age: true
model: linear # mean | linear | forest
forest:
  trees: 100 # 1..500
ridge:
  alpha: 1 # 0..10 step 0.5
note: hello
`;

async function opened(text = TEXT) {
  const session = openSession(start());
  session.answers['/files?revision=1'] = { revision: 1, files: { 'params.yaml': text }, data: [] };
  const shown = await session.show(ANNA, <ParamsPanel />);
  return { session, ...shown };
}
const row = async (name: string) => within((await screen.findByText(name)).closest('li')!);
/** What was suggested: the sentence, and the lines that it takes out and puts in. */
function suggested(command: ClientCommand | undefined) {
  if (command?.type !== 'suggestion.add') throw new Error(`sent ${command?.type}`);
  const [file] = command.patch!.files;
  return [command.text, file!.path, ...file!.hunks.flatMap(({ removed, added }) => [removed, added])];
}

it('a switch suggests its line the other way round, and says so', async () => {
  const { session, user } = await opened();
  await user.click((await row('failures')).getByRole('button', { name: (name) => name.startsWith(t.params.turnOn) }));
  await user.click((await row('age')).getByRole('button', { name: (name) => name.startsWith(t.params.turnOff) }));
  expect(session.sent.map(suggested)).toEqual([
    [
      t.params.switchOn('failures'),
      'params.yaml',
      ['  failures: false # past class failures'],
      ['  failures: true # past class failures'],
    ],
    [t.params.switchOff('age'), 'params.yaml', ['  age: true'], ['  age: false']],
  ]);
  expect(screen.getByText(t.params.sent(t.params.switchOff('age')))).toBeDefined();
  expect(Object.values(session.state().suggestions)).toHaveLength(2);
  // Nothing is changed by it: the participants vote, the driver applies.
  expect(session.state().revision).toBe(1);
});

it('a choice suggests another value, and not the one that is set', async () => {
  const { session, user } = await opened();
  const model = await row('model');
  expect(model.getByRole<HTMLButtonElement>('button', { name: 'linear', pressed: true }).disabled).toBe(true);
  await user.click(model.getByRole('button', { name: 'forest' }));
  expect(suggested(session.sent[0])).toEqual([
    t.params.set('model', 'linear', 'forest'),
    'params.yaml',
    ['model: linear # mean | linear | forest'],
    ['model: forest # mean | linear | forest'],
  ]);
});

describe('a number', () => {
  it('is suggested only when it is another one, typed or drawn', async () => {
    const { session, user } = await opened();
    const alpha = await row('ridge.alpha');
    const propose = alpha.getByRole<HTMLButtonElement>('button', { name: t.params.propose });
    expect(propose.disabled).toBe(true);
    fireEvent.change(alpha.getByRole('slider'), { target: { value: '2.5' } });
    expect(alpha.getByRole<HTMLInputElement>('spinbutton').value).toBe('2.5');
    const typed = alpha.getByRole('spinbutton', { name: `ridge.alpha, ${t.params.range(0, 10)}` });
    await user.clear(typed);
    await user.type(typed, '7.5');
    await user.click(propose);
    expect(suggested(session.sent[0]).at(-1)).toEqual(['  alpha: 7.5 # 0..10 step 0.5']);
  });

  it('of a wide range moves by its logarithm, in whole steps', async () => {
    const { session, user } = await opened();
    const trees = await row('forest.trees');
    const slider = trees.getByRole('slider');
    fireEvent.change(slider, { target: { value: '0.5' } });
    expect(slider.getAttribute('aria-valuetext')).toBe(String(Math.round(Math.sqrt(500))));
    await user.click(trees.getByRole('button', { name: t.params.propose }));
    expect(suggested(session.sent[0]).at(-1)).toEqual(['  trees: 22 # 1..500']);
  });

  it.each([
    ['ridge.alpha', '70', t.params.outside(0, 10, false)],
    ['ridge.alpha', '-1', t.params.outside(0, 10, false)],
    ['forest.trees', '2.5', t.params.outside(1, 500, true)],
    ['forest.trees', '501', t.params.outside(1, 500, true)],
  ])('%s of %s is not sent, and what would be right is said', async (name, text, sentence) => {
    const { session, user } = await opened();
    const control = await row(name);
    const typed = control.getByRole('spinbutton');
    await user.clear(typed);
    await user.type(typed, text);
    expect(control.getByRole('status').textContent).toBe(sentence);
    await user.click(control.getByRole('button', { name: t.params.propose }));
    expect(session.sent).toEqual([]);
    await user.clear(typed);
    await user.type(typed, '5');
    expect(control.queryByRole('status')).toBeNull();
    await user.click(control.getByRole('button', { name: t.params.propose }));
    expect(session.sent).toHaveLength(1);
  });
});

it('finds a parameter by its name or label', async () => {
  const { user } = await opened();
  await row('age');
  await user.type(screen.getByRole('searchbox', { name: t.params.search }), 'past class');
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  expect(screen.getByText('failures')).toBeDefined();
});

it('cannot be used while suggestions are paused, and says why a tap was refused', async () => {
  const { session, user } = await opened();
  const age = await row('age');
  session.refuseNext('rate_limited', { seconds: 3 });
  await user.click(age.getByRole('button', { name: (name) => name.startsWith(t.params.turnOff) }));
  expect(screen.getByRole('status').textContent).toContain(t.rejections.rate_limited({ seconds: 3 }));
  await session.say(HOST, { type: 'session.configure', frozen: true });
  expect(age.getByRole<HTMLButtonElement>('button').disabled).toBe(true);
});

it.each([
  ['has no line that can be changed', 'note: hello\n'],
  ['cannot be read', 'model: [linear\n'],
])('says so where the file %s', async (_why, text) => {
  await opened(text);
  expect(await screen.findByText(t.params.none)).toBeDefined();
  expect(screen.queryByRole('list')).toBeNull();
});

it('says so where the file cannot be fetched', async () => {
  const session = openSession(start());
  await session.show(ANNA, <ParamsPanel />);
  expect(await screen.findByText(t.params.failed)).toBeDefined();
});

it('shows a tap at once, until the server has answered, and sends it once', async () => {
  const { session, user } = await opened();
  const age = await row('age');
  const answer = session.hold();
  await user.click(age.getByRole('button', { name: (name) => name.startsWith(t.params.turnOff) }));
  const busy = age.getByRole('button', { name: t.compose.sending });
  expect(busy.getAttribute('aria-busy')).toBe('true');
  await user.click(busy);
  expect(session.sent).toHaveLength(1);
  await answer();
  expect(age.getByRole('button', { name: (name) => name.startsWith(t.params.turnOff) }).getAttribute('aria-busy')).toBe(
    'false',
  );
});
