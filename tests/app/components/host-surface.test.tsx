// The host page: what is rarely needed opens in a drawer; the reveal of the hold-out score asks first, and every screen
// waits for its countdown.
import { act, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { NoticesProvider } from '#app/_features/notices/notices.tsx';
import { t } from '#app/_strings/strings.ts';
import { HostSurface } from '#app/_surfaces/host-surface.tsx';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import { dateText } from '#app/_ui/chart-numbers.ts';
import { REVEAL_MS } from '#session-core/model/limits.ts';
import { HOST, PRESENCE, play, report, start, tree } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const page = (
  <NoticesProvider>
    <HostSurface />
  </NoticesProvider>
);

/** As `start`, and a second main run with a hold-out score. */
function scored() {
  const asked = play(start(), [HOST, { type: 'run.request' }, { facts: { tree: tree({ 'params.yaml': 'other' }) } }]);
  const run = Object.keys(asked.runs).at(-1) ?? '';
  return play(asked, [null, { type: 'run.report', run, report: { ...report(), holdout: 2.6 } }]);
}

it('opens participants, settings and activity in drawers, one at a time', async () => {
  const session = openSession();
  const { user } = await session.show(HOST, page);
  expect(screen.queryByRole('switch')).toBeNull();
  await user.click(screen.getByRole('button', { name: t.host.drawers.settings }));
  const settings = screen.getByRole('dialog', { name: t.host.drawers.settings });
  await user.click(within(settings).getByRole('switch', { name: new RegExp(t.settings.frozen) }));
  expect(session.state().settings.frozen).toBe(true);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.click(screen.getByRole('button', { name: new RegExp(`^${t.host.drawers.people}`) }));
  expect(screen.getByRole('dialog', { name: t.host.drawers.people }).textContent).toContain('Anna');
});

it('asks before it reveals the hold-out score, and hides it again', async () => {
  const session = openSession(scored());
  const { user } = await session.show(HOST, page);
  await user.click(screen.getByRole('button', { name: t.host.drawers.settings }));
  await user.click(screen.getByRole('button', { name: t.settings.reveal }));
  expect(session.state().settings.reveal).toBe(false);
  await user.click(screen.getByRole('button', { name: t.reveal.go }));
  expect(session.state()).toMatchObject({ settings: { reveal: true }, scene: { name: 'reveal' } });
  await user.click(screen.getByRole('button', { name: t.settings.hide }));
  expect(session.state().settings.reveal).toBe(false);
});

it('the projector counts down before it shows the number', async () => {
  const now = Date.now();
  const shown = play(scored(), [HOST, { type: 'holdout.reveal' }, { at: now + 3_600_000 }]);
  const counting = openSession(shown);
  counting.answers['/holdout'] = { runs: [] };
  const view = await counting.show(null, <ProjectorSurface />);
  expect(screen.getByRole('timer').textContent).toBe(String(REVEAL_MS / 1000));
  expect(document.body.textContent).not.toContain('2.6');
  view.leave();

  const over = openSession(play(scored(), [HOST, { type: 'holdout.reveal' }, { at: now - REVEAL_MS - 1_000 }]));
  over.answers['/holdout'] = { runs: [] };
  await over.show(null, <ProjectorSurface />);
  await act(async () => {});
  expect(screen.getByRole('heading', { name: t.reveal.of(2) })).toBeTruthy();
  expect(document.body.textContent).toContain('2.6');
});

it('says until when the session is kept, and that it was about to be deleted', async () => {
  const [keptUntil, deleted] = [Date.UTC(2027, 0, 20, 12), Date.UTC(2027, 0, 2, 12)];
  const session = openSession(start(), { ...PRESENCE, retention: { keptUntil, broughtBack: deleted } });
  const { user } = await session.show(HOST, page);
  const notice = t.broughtBack.hint(dateText(deleted), dateText(keptUntil));
  expect(screen.getByText(notice).textContent).toMatch(
    /2 January 2027.*20 January 2027|January 2, 2027.*January 20, 2027/,
  );
  await user.click(screen.getByRole('button', { name: t.broughtBack.seen }));
  expect(screen.queryByText(notice)).toBeNull();
  await user.click(screen.getByRole('button', { name: t.host.drawers.settings }));
  expect(screen.getByText(t.settings.keptUntil(dateText(keptUntil)))).toBeTruthy();
});

it('says before a deletion that the database keeps the bytes for some time, where it does', async () => {
  for (const remains of [true, false]) {
    const session = openSession(start(), { ...PRESENCE, retention: { keptUntil: 0, ...(remains ? { remains } : {}) } });
    const { user, leave } = await session.show(HOST, page);
    await user.click(screen.getByRole('button', { name: t.host.drawers.settings }));
    await user.click(screen.getByRole('button', { name: t.settings.remove }));
    const dialog = screen.getByRole('dialog', { name: t.settings.removeHead });
    expect(dialog.textContent?.includes(t.settings.remains)).toBe(remains);
    leave();
  }
});
