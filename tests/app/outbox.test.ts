// Commands survive a lost connection and are sent once each: the same id again until there is an answer. What would be
// dangerous late is never sent late.
import { describe, expect, it } from 'vitest';
import { deliveryOf } from '#app/_session/delivery.ts';
import { createOutbox } from '#app/_session/outbox.ts';
import { CLIENT_COMMANDS } from '#session-core/model/rights.ts';
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
const messageOf = (ack: Ack) => (ack.ok ? 'accepted' : ack.rejection.message);
const vote = { type: 'suggestion.upvote', suggestion: 's1' } as const;
const accept = { type: 'suggestion.accept', suggestion: 's1' } as const;
const NOT_APPLIED = 'Not applied: the connection was lost. Try again.';

it('keeps the id of a command over a lost connection', () => {
  const outbox = createOutbox(counter());
  void outbox.put(vote, 0, true);
  const [first] = sendAll(outbox);
  expect(sendAll(outbox)).toEqual([]);
  outbox.interrupted();
  const [again] = sendAll(outbox);
  expect(again?.message).toEqual(first?.message);
});

it('goes again with the same id where no answer came in time', async () => {
  const outbox = createOutbox(counter());
  const answer = outbox.put(vote, 0, true);
  sendAll(outbox)[0]?.answered(null);
  const [again] = sendAll(outbox);
  expect(again?.message.id).toBe('command-0');
  again?.answered({ ok: true, seq: 7 });
  expect(await answer).toEqual({ ok: true, seq: 7 });
  expect(outbox.size()).toBe(0);
});

it('sends in the order in which things were done', () => {
  const outbox = createOutbox(counter());
  void outbox.put({ type: 'suggestion.upvote', suggestion: 's1' }, 0, false);
  void outbox.put({ type: 'suggestion.unvote', suggestion: 's1' }, 1, false);
  expect(sendAll(outbox).map(({ message }) => message.type)).toEqual(['suggestion.upvote', 'suggestion.unvote']);
});

it('keeps what people wrote for as long as it takes, and gives up what only made sense then', async () => {
  const outbox = createOutbox(counter());
  void outbox.put({ type: 'suggestion.add', text: 'use failures' }, 0, false);
  const pulse = outbox.put({ type: 'pulse.set', value: 'lost' }, 0, false);
  outbox.expire(60_000);
  expect(messageOf(await pulse)).toBe('Not sent: the connection was lost. Try again.');
  expect(sendAll(outbox).map(({ message }) => message.type)).toEqual(['suggestion.add']);
});

it('does not give up what is on its way', () => {
  const outbox = createOutbox(counter());
  void outbox.put({ type: 'pulse.set', value: 'lost' }, 0, true);
  sendAll(outbox);
  outbox.expire(60_000);
  expect(outbox.size()).toBe(1);
});

it('drops an accept at once while there is no connection, and says so', async () => {
  const outbox = createOutbox(counter());
  expect(messageOf(await outbox.put(accept, 0, false))).toBe(NOT_APPLIED);
  expect(sendAll(outbox)).toEqual([]);
});

it.each(['the connection breaks', 'no answer comes'])('never sends an accept a second time: %s', async (how) => {
  const outbox = createOutbox(counter());
  const answer = outbox.put(accept, 0, true);
  const [first] = sendAll(outbox);
  if (how === 'no answer comes') first?.answered(null);
  else outbox.interrupted();
  // It may have been applied: the sentence does not claim that it was not.
  expect(messageOf(await answer)).toMatch(/^The connection was lost before the server answered\. Check/);
  expect(sendAll(outbox)).toEqual([]);
});

it('an answer that comes from before an interruption settles nothing twice', async () => {
  const outbox = createOutbox(counter());
  const answer = outbox.put(vote, 0, true);
  const [first] = sendAll(outbox);
  outbox.interrupted();
  const [again] = sendAll(outbox);
  first?.answered({ ok: true, seq: 7 });
  again?.answered({ ok: true, seq: 7 });
  expect(await answer).toEqual({ ok: true, seq: 7 });
  expect(outbox.size()).toBe(0);
});

it('only what people write, vote or wish for themselves is sent however late', () => {
  expect(CLIENT_COMMANDS.filter((type) => deliveryOf({ type }) === 'kept').sort()).toEqual([
    'hand.lower',
    'hand.raise',
    'participant.credit',
    'participant.rename',
    'poll.answer',
    'suggestion.add',
    'suggestion.edit',
    'suggestion.unvote',
    'suggestion.upvote',
    'suggestion.withdraw',
  ]);
});

it.each([
  'suggestion.accept',
  'suggestion.unaccept',
  'run.request',
  'revision.restore',
  'checkpoint.load',
  'driver.accept',
  'driver.offer',
  'driver.release',
  'driver.revoke',
  'driver.take',
  'driver.move',
  'hand.lowerAll',
  'participant.remove',
  'session.configure',
  'session.end',
  'timer.set',
] as const)('%s is never sent late', (type) => expect(deliveryOf({ type })).toBe('now'));

it('refuses everything that waits when the session is closed', async () => {
  const outbox = createOutbox(counter());
  const answer = outbox.put(vote, 0, false);
  outbox.close();
  expect(messageOf(await answer)).toBe('This session is closed on the server.');
});

describe('a message that closes the connection', () => {
  const add = (text: string) => ({ type: 'suggestion.add', text }) as const;
  const NEVER = /^The connection was lost each time this was sent/;

  it('is not sent again where the close says that it was too large: the largest on its way', async () => {
    const outbox = createOutbox(counter());
    const large = outbox.put(add('x'.repeat(1_000)), 0, true);
    void outbox.put(vote, 0, true);
    sendAll(outbox);
    outbox.interrupted(true);
    expect(messageOf(await large)).toMatch(NEVER);
    expect(sendAll(outbox).map(({ message }) => message.type)).toEqual([vote.type]);
  });

  it('is given up after five losses, whatever is wrong with it', async () => {
    const outbox = createOutbox(counter());
    const answer = outbox.put(add('what closes it'), 0, true);
    let sent = 0;
    for (let losses = 0; losses < 20; losses += 1) {
      sent += sendAll(outbox).length;
      outbox.interrupted();
    }
    expect(sent).toBe(5);
    expect(messageOf(await answer)).toMatch(NEVER);
  });

  it('does not count the losses that it waits out', () => {
    const outbox = createOutbox(counter());
    void outbox.put(vote, 0, false);
    for (let losses = 0; losses < 20; losses += 1) outbox.interrupted();
    expect(sendAll(outbox)).toHaveLength(1);
  });
});
