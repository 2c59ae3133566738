// The patches kept for who comes back: all that is missing, or a snapshot.
import { expect, it } from 'vitest';
import { NO_CHANGE } from '#server/session/views/affected-participants.ts';
import { createViews, type Shown } from '#server/session/views/views.ts';
import { applyPatch } from '#session-core/protocol/messages.ts';
import { HOST, start } from '../../session-core/kit.ts';

it('sends a snapshot where the first of many patches of one seq is not kept any more', () => {
  const state = start();
  const shown = (viewers: number, online: readonly string[] = []): Shown => ({
    state,
    presence: { online: new Set(online), viewers, mostParticipants: 1_200, gaps: [], retention: { keptUntil: 0 } },
  });
  const transport = () => ({ isHeard: () => true, publish: () => {}, publishTo: () => {} }) as never;
  const views = createViews({ logId: 'log', first: shown(0), transport, isListening: () => false });
  const began = views.publicView();
  const held = { logId: 'log', seq: state.seq };
  views.flush(shown(1, [HOST]), NO_CHANGE);
  const soon = views.initialMessages(null, held);
  expect(soon.kind === 'patches' ? soon.patches.reduce(applyPatch, began) : null).toEqual(views.publicView());
  // Somebody came at first and is still there; after that only the number of viewers moves.
  for (let i = 0; i < 201; i++) views.flush(shown(2 + (i % 2), [HOST]), NO_CHANGE);
  const late = views.initialMessages(null, held);
  expect(late.kind === 'snapshot' ? late.snapshot.view : null).toEqual(views.publicView());
});
