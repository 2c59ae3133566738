// The agenda on the facilitator's page and remote, and the tour on everybody else's.
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AgendaPanel } from '#app/_features/agenda/agenda-panel.tsx';
import { TourBar } from '#app/_features/agenda/tour-bar.tsx';
import { NoticesProvider } from '#app/_features/notices/notices.tsx';
import { t } from '#app/_strings/strings.ts';
import { ParticipantSurface } from '#app/_surfaces/participant-surface.tsx';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import { useDriverPlace } from '#app/_surfaces/use-driver-place.ts';
import { initialState, type SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import { AGENDA, ANNA, CREATE, HOST, join, type Line, play } from '../../session-core/kit.ts';
import { openSession, type TestSession } from './session.tsx';

const started = (): SessionState =>
  play(initialState, [null, { ...CREATE, agenda: AGENDA } as Command], join('Host', true), join('Anna'), join('Ben'));
const COURSE = {
  id: 'student-grades',
  title: 'Grades',
  language: 'en',
  edit: 'params.yaml',
  columns: [],
  checkpoints: [{ name: '1-start', title: 'Start', task: 'grades' }],
  agendas: [AGENDA, { ...AGENDA, minutes: 90 }],
};
const stepCalled = ({ agenda }: SessionState, title: string) =>
  agenda.order.find((id) => agenda.steps[id]?.title === title) ?? '';
const begin = (session: TestSession, title: string): Line => [
  HOST,
  { type: 'agenda.begin', step: stepCalled(session.state(), title) },
];
const place = (session: TestSession, n: number): Line => [
  HOST,
  { type: 'tour.show', step: stepCalled(session.state(), 'Tour'), place: n },
];

async function openPanel() {
  const session = openSession(started());
  session.answers['/course'] = COURSE;
  const { user } = await session.show(HOST, <AgendaPanel />);
  await screen.findByRole('button', { name: t.agenda.begin('Welcome') });
  return { session, user };
}

describe('the agenda panel', () => {
  it('goes from step to step, past those that are skipped; a step starts its minutes and its scene', async () => {
    const { session, user } = await openPanel();
    await user.click(screen.getByRole('button', { name: t.agenda.begin('Welcome') }));
    expect(session.state()).toMatchObject({ timer: { minutes: 5 }, scene: { name: 'join' } });
    expect(screen.getByText(t.agenda.step(1, 5))).toBeDefined();
    await session.say(HOST, { type: 'agenda.edit', step: stepCalled(session.state(), 'Tour'), skipped: true });
    await user.click(screen.getByRole('button', { name: t.agenda.next('Run') }));
    expect(session.state().scene.name).toBe('results');
    expect(screen.getByText(t.agenda.doneWhen.run)).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: new RegExp(`^${t.agenda.tick('Run')}`) }));
    expect(screen.getByText(t.agenda.isDone)).toBeDefined();
    await user.click(screen.getByRole('button', { name: t.agenda.back }));
    expect(session.state().agenda.now).toBe(stepCalled(session.state(), 'Welcome'));
  });

  it('asks the question of a step to everybody, once, and shows it on the projector', async () => {
    const { session, user } = await openPanel();
    await user.click(screen.getByRole('button', { name: t.agenda.begin('Welcome') }));
    for (let i = 0; i < 2; i++) await user.click(screen.getByRole('button', { name: t.agenda.askAll }));
    expect(Object.values(session.state().polls).map(({ question }) => question)).toEqual(['Who drives?']);
    expect(session.state().scene.name).toBe('poll');
  });

  it('leads a tour from place to place', async () => {
    const { session, user } = await openPanel();
    await session.say(...begin(session, 'Tour'));
    const tour = screen.getByRole('region', { name: t.tour.head });
    expect(within(tour).getByText('Here it learns.')).toBeDefined();
    await user.click(within(tour).getByRole('button', { name: t.tour.next }));
    expect(session.state().scene.place?.index).toBe(1);
    expect(within(tour).queryByRole('button', { name: t.tour.next })).toBeNull();
    await user.click(within(tour).getByRole('button', { name: new RegExp(`^${t.tour.show(1)}`) }));
    expect(session.state().scene.place?.index).toBe(0);
  });

  it('is edited in a drawer: title, minutes, order, skip, a new step; each edit can be undone', async () => {
    const { session, user } = await openPanel();
    await user.click(screen.getByRole('button', { name: t.agenda.edit }));
    const drawer = await screen.findByRole('dialog', { name: t.agenda.editHead });
    const titles = () => session.state().agenda.order.map((id) => session.state().agenda.steps[id]?.title);
    const title = within(drawer).getByLabelText(t.agenda.title(1));
    await user.clear(title);
    await user.type(title, 'Hello{Enter}');
    const minutes = within(drawer).getByLabelText(t.agenda.minutesOf(2));
    await user.clear(minutes);
    await user.type(minutes, '12{Enter}');
    await user.click(within(drawer).getByRole('button', { name: t.agenda.down('Hello') }));
    await user.click(within(drawer).getByRole('switch', { name: `${t.agenda.skip} Score` }));
    await user.type(within(drawer).getByLabelText(t.agenda.newTitle), 'A break{Enter}');
    expect(titles()).toEqual(['Tour', 'Hello', 'Run', 'Score', 'File', 'A break']);
    const steps = Object.values(session.state().agenda.steps);
    expect(steps.find((step) => step.title === 'Tour')?.minutes).toBe(12);
    expect(steps.find((step) => step.title === 'Score')?.skipped).toBe(true);
    expect(within(drawer).getByText(t.agenda.total(32, 32))).toBeDefined();
    const undo = within(drawer).getByRole('button', { name: t.agenda.undo });
    for (let i = 0; i < 5; i++) await user.click(undo);
    expect(titles()).toEqual(AGENDA.steps.map((step) => step.title));
    expect((undo as HTMLButtonElement).disabled).toBe(true);
    expect(within(drawer).getByRole('button', { name: t.agenda.choose(45), pressed: true })).toBeDefined();
  });
});

/** As the driver's page has it. */
function DriverPlace() {
  const { mark, open, tour, toTour } = useDriverPlace();
  return (
    <>
      {tour ? <TourBar place={tour} onGo={toTour} /> : null}
      <p data-testid="mark">{mark === null ? '' : `${mark.file} ${mark.fromLine} ${mark.toLine}`}</p>
      <button type="button" onClick={() => open({ file: 'params.yaml', line: 7 })}>
        error
      </button>
    </>
  );
}

describe('a tour', () => {
  it('takes a participant to its lines, but not away from what they write', async () => {
    const session = openSession(started());
    const page = (
      <NoticesProvider>
        <ParticipantSurface />
      </NoticesProvider>
    );
    const { user } = await session.show(ANNA, page);
    const tab = () => document.querySelector('main')?.getAttribute('data-tab');
    await session.say(...begin(session, 'Tour'));
    expect([tab(), screen.getByText('Here it learns.').textContent]).toEqual(['code', 'Here it learns.']);
    expect(screen.queryByRole('button', { name: t.tour.go })).toBeNull();
    await user.click(screen.getByRole('button', { name: t.tabs.results }));
    expect(screen.getByRole('button', { name: t.tour.go })).toBeDefined();
    await user.click(screen.getByRole('button', { name: t.actions.suggest }));
    await session.say(...place(session, 1));
    expect([tab(), screen.queryByRole('dialog') === null]).toEqual(['results', false]);
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: t.tour.go }));
    expect(tab()).toBe('code');
    await session.say(HOST, { type: 'scene.show', scene: 'results' });
    expect(screen.queryByText('Here one decides.')).toBeNull();
  });

  it('can be gone back to by the driver from any other place, and ends with its scene', async () => {
    const session = openSession(started());
    const { user } = await session.show(ANNA, <DriverPlace />);
    const shown = () => screen.getByTestId('mark').textContent;
    await session.say(...begin(session, 'Tour'));
    const tour = shown();
    expect(tour).toContain('src/train.ts');
    await user.click(screen.getByRole('button', { name: 'error' }));
    expect(shown()).toBe('params.yaml 7 7');
    await user.click(screen.getByRole('button', { name: t.tour.go }));
    expect(shown()).toBe(tour);
    await user.click(screen.getByRole('button', { name: 'error' }));
    await session.say(HOST, { type: 'scene.show', scene: 'results' });
    expect(shown()).toBe('params.yaml 7 7');
    await session.say(...place(session, 1));
    expect(shown()).toBe('params.yaml 3 3');
    await session.say(HOST, { type: 'scene.show', scene: 'results' });
    expect(shown()).toBe('');
  });

  it('is on every projector view, in place of the suggestions, until another scene is chosen', async () => {
    const session = openSession(started());
    const { user } = await session.show(null, <ProjectorSurface />);
    // Facilitators are not among the people who have joined.
    expect(screen.getByText(t.join.people(2))).toBeDefined();
    await session.say(...begin(session, 'Tour'));
    const card = screen.getByRole('region', { name: t.tour.head });
    expect(card.textContent).toContain(t.tour.lines('src/train.ts', 1, 2));
    expect(card.textContent).toContain(t.tour.place(1, 2));
    await user.keyboard('3');
    expect(screen.queryByRole('region', { name: t.tour.head })).toBeNull();
    await session.say(...place(session, 1));
    expect(screen.getByText('Here one decides.')).toBeDefined();
  });
});

it('takes nobody away from what they type, and nobody back by a view that says the same', async () => {
  const session = openSession(started());
  await session.say(HOST, { type: 'poll.open', question: 'What next?' });
  const { user } = await session.show(
    ANNA,
    <NoticesProvider>
      <ParticipantSurface />
    </NoticesProvider>,
  );
  await user.type(await screen.findByLabelText(t.poll.answer), 'More tr');
  await session.say(...begin(session, 'Tour'));
  expect(screen.getByLabelText<HTMLInputElement>(t.poll.answer).value).toBe('More tr');
  await user.click(screen.getByRole('button', { name: t.tour.go }));
  expect(screen.queryByLabelText(t.poll.answer)).toBeNull();
  await user.click(screen.getByRole('button', { name: t.tabs.now }));
  await session.say(HOST, { type: 'timer.set', minutes: 5 });
  await screen.findByLabelText(t.poll.answer);
});
