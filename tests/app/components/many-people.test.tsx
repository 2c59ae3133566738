// More people than the view holds: lists of names ask the server for those they show, counts are of everybody.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DriverHandover } from '#app/_features/driver/driver-handover.tsx';
import { NameForm } from '#app/_features/people/name-form.tsx';
import { PeoplePanel } from '#app/_features/people/people-panel.tsx';
import { useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { JoinScene } from '#app/_surfaces/projector/projector-scenes.tsx';
import { ANNA, BEN, CLEO, HOST, PRESENCE, play, start } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const presence = { ...PRESENCE, online: new Set([HOST, ANNA, CLEO]), mostShown: 1 };
const person = (id: string, displayName: string, online: boolean) => ({ id, displayName, online, facilitator: false });
const [anna, ben, cleo] = [person(ANNA, 'Anna', true), person(BEN, 'Ben', false), person(CLEO, 'Cleo', true)];

function OwnName() {
  const you = useYou();
  return you && <NameForm you={you} onDone={() => undefined} />;
}

it('the list of people shows who is asked for, and more of them', async () => {
  const session = openSession(start(), presence);
  session.answers['/people?most=200'] = { people: [cleo], total: 3 };
  session.answers['/people?most=400'] = { people: [cleo, ben, anna], total: 3 };
  session.answers['/people?search=be&most=200'] = { people: [ben], total: 1 };
  session.answers['/people?search=be&most=400'] = { people: [ben], total: 1 };
  const { user } = await session.show(HOST, <PeoplePanel />);
  expect(await screen.findByText('Cleo')).toBeDefined();
  expect(screen.queryByText('Anna')).toBeNull();
  expect(screen.getByRole('heading', { name: new RegExp(t.host.people) }).parentElement?.textContent).toContain('4');
  await user.click(screen.getByRole('button', { name: t.host.morePeople(2) }));
  expect(await screen.findByText('Anna')).toBeDefined();
  await user.type(screen.getByRole('searchbox', { name: t.host.findPerson }), 'be');
  expect(await screen.findByText('Ben')).toBeDefined();
  expect(screen.queryByText('Cleo')).toBeNull();
  await user.click(screen.getByRole('button', { name: t.host.remove }));
  const dialog = screen.getByRole('dialog', { name: t.host.removeHead('Ben') });
  await user.click(within(dialog).getByRole('button', { name: t.host.remove }));
  expect(session.sent).toEqual([{ type: 'participant.remove', participant: BEN, contributions: true }]);
});

it('driving is offered to anybody who is connected, once somebody looks for them', async () => {
  const session = openSession(play(start(), [ANNA, { type: 'hand.raise' }]), presence);
  session.answers['/people?online=true&most=2000'] = { people: [cleo, anna], total: 2 };
  const { user } = await session.show(HOST, <DriverHandover />);
  const choice = screen.getByRole('combobox', { name: t.driver.pick });
  const names = () =>
    within(choice)
      .getAllByRole('option')
      .map((option) => option.textContent);
  expect(names()).not.toContain('Cleo');
  await user.click(choice);
  await within(choice).findByRole('option', { name: 'Cleo' });
  await user.selectOptions(choice, 'Cleo');
  await user.click(screen.getByRole('button', { name: t.driver.offer }));
  expect(session.state().offer?.to).toBe(CLEO);
  // Who is offered something is named everywhere.
  expect(screen.getByText(t.driver.waiting('Cleo'))).toBeDefined();
});

it('the join scene counts everybody and names who came last', async () => {
  const session = openSession(start(), presence);
  session.answers['/people?online=true&most=28'] = { people: [cleo, anna], total: 2 };
  await session.show(null, <JoinScene />);
  expect(await screen.findByText(/Anna.*Cleo/)).toBeDefined();
  expect(screen.getByText(t.join.people(2))).toBeDefined();
});

it('who is not in the view knows how they are credited', async () => {
  const credited = play(start(), [CLEO, { type: 'participant.credit', name: 'Cleo C.' }]);
  await openSession(credited, presence).show(CLEO, <OwnName />);
  expect(screen.getByRole('textbox', { name: t.topBar.creditAs })).toHaveProperty('value', 'Cleo C.');
});
