// The upvote under a finger: it answers at once, the server counts.
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { VoteButton } from '#app/_features/suggestions/vote-button.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Id } from '#session-core/model/types.ts';
import { ANNA, BEN, CLEO, HOST, start, TREE1, withSuggestion } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const TEXT = 'more trees';
function opened() {
  const [state, id] = withSuggestion(start(), { by: BEN, text: TEXT });
  return { session: openSession(state), id, ui: <Shown id={id} /> };
}
function Shown({ id }: { readonly id: Id }) {
  const card = useOfView((view) => view.suggestions[id]);
  return card ? <VoteButton card={card} /> : null;
}
const voteFor = () => screen.findByRole('button', { name: (name) => name.startsWith(t.card.vote(TEXT)) });
const unvote = () => screen.findByRole('button', { name: (name) => name.startsWith(t.card.unvote(TEXT)) });

it('counts a vote before the server has answered, once, and takes it back', async () => {
  const { session, ui } = opened();
  const { user } = await session.show(ANNA, ui);
  expect((await voteFor()).textContent).toBe('1');
  const release = session.hold();
  await user.click(await voteFor());
  expect((await unvote()).textContent).toBe('2');
  expect((await unvote()).getAttribute('aria-pressed')).toBe('true');
  await release();
  expect((await unvote()).textContent).toBe('2');
  await user.click(await unvote());
  expect((await voteFor()).textContent).toBe('1');
  expect(session.sent.map(({ type }) => type)).toEqual(['suggestion.upvote', 'suggestion.unvote']);
});

it("shows others' votes as they come, beside one's own", async () => {
  const { session, id, ui } = opened();
  const { user } = await session.show(ANNA, ui);
  await user.click(await voteFor());
  await session.say(CLEO, { type: 'suggestion.upvote', suggestion: id });
  expect((await unvote()).textContent).toBe('3');
});

it('goes back to what it was where the vote is refused, and says why', async () => {
  const { session, ui } = opened();
  const { user } = await session.show(ANNA, ui);
  await voteFor();
  session.refuseNext('rate_limited', { seconds: 3 });
  await user.click(await voteFor());
  expect((await voteFor()).textContent).toBe('1');
  expect(screen.getByRole('status').textContent).toContain(t.rejections.rate_limited({ seconds: 3 }));
});

it('is a number only for a viewer, and for what is no longer open', async () => {
  const { session, id, ui } = opened();
  const { leave } = await session.show(null, ui);
  await screen.findByRole('img', { name: t.card.votes(1) });
  expect(screen.queryByRole('button')).toBeNull();
  leave();
  await session.show(ANNA, ui);
  await voteFor();
  const byHand = { type: 'suggestion.accept', suggestion: id, how: 'hand' } as const;
  await session.say(HOST, byHand, { facts: { tree: TREE1 } });
  await screen.findByRole('img', { name: t.card.votes(1) });
  expect(screen.queryByRole('button')).toBeNull();
});
