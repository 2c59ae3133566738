// Commands survive a broken line and are sent once each: the same id again until there is an answer.
import { expect, it } from 'vitest';
import { createOutbox, GONE, NOT_SENT } from '#app/_session/outbox.ts';
import type { Ack, CommandMessage } from '#session-core/protocol/messages.ts';

const counter = () => {
  let n = 0;
  return () => `command-${n++}`;
};
type Sent = { message: CommandMessage; answered: (ack: Ack | null) => void };
const sendAll = (outbox: ReturnType<typeof createOutbox>): Sent[] => {
  const sent: Sent[] = [];
  outbox.flush((message, answered) => sent.push({ message, answered }));
  return sent;
};
const vote = { type: 'suggestion.upvote', suggestion: 's1' } as const;

it('keeps the id of a command over a lost connection', () => {
  const outbox = createOutbox(counter());
  void outbox.put(vote, 0);
  const [first] = sendAll(outbox);
  expect(sendAll(outbox)).toEqual([]);
  outbox.interrupted();
  const [again] = sendAll(outbox);
  expect(again?.message).toEqual(first?.message);
});

it('goes again with the same id where no answer came in time', async () => {
  const outbox = createOutbox(counter());
  const answer = outbox.put(vote, 0);
  sendAll(outbox)[0]?.answered(null);
  const [again] = sendAll(outbox);
  expect(again?.message.id).toBe('command-0');
  again?.answered({ ok: true, seq: 7 });
  expect(await answer).toEqual({ ok: true, seq: 7 });
  expect(outbox.size()).toBe(0);
});

it('sends in the order in which things were done', () => {
  const outbox = createOutbox(counter());
  void outbox.put({ type: 'suggestion.upvote', suggestion: 's1' }, 0);
  void outbox.put({ type: 'suggestion.unvote', suggestion: 's1' }, 1);
  expect(sendAll(outbox).map(({ message }) => message.type)).toEqual(['suggestion.upvote', 'suggestion.unvote']);
});

it('keeps what people wrote for as long as it takes, and gives up what only made sense then', async () => {
  const outbox = createOutbox(counter());
  void outbox.put({ type: 'suggestion.add', text: 'use failures' }, 0);
  const run = outbox.put({ type: 'run.request' }, 0);
  outbox.expire(60_000);
  expect(await run).toEqual(NOT_SENT);
  expect(sendAll(outbox).map(({ message }) => message.type)).toEqual(['suggestion.add']);
});

it('does not give up what is on its way', () => {
  const outbox = createOutbox(counter());
  void outbox.put({ type: 'run.request' }, 0);
  sendAll(outbox);
  outbox.expire(60_000);
  expect(outbox.size()).toBe(1);
});

it('refuses everything that waits when the session is closed', async () => {
  const outbox = createOutbox(counter());
  const answer = outbox.put(vote, 0);
  outbox.close();
  expect(await answer).toEqual(GONE);
});
