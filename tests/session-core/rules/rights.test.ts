// The whole matrix: every command by everybody who could give it, against a second list written by hand.
import { describe, expect, it } from 'vitest';
import { CLIENT_COMMANDS, can, whoMay } from '#session-core/model/rights.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import { ANNA, BEN, decideLine, driven, HOST, play, TREE1 } from '../kit.ts';

/** The routes' table, copied by hand: anyone joined, the driver (and facilitators), facilitators alone. */
const ANYONE =
  `participant.rename participant.credit hand.raise hand.lower pulse.set suggestion.add suggestion.edit suggestion.withdraw suggestion.fix
  suggestion.upvote suggestion.unvote driver.accept driver.refuse preview.request guess.set poll.answer`.split(/\s+/);
const DRIVER_OR_FACILITATOR =
  `driver.offer driver.withdrawOffer driver.release suggestion.pin suggestion.unpin suggestion.accept
  suggestion.unaccept run.request run.cancel search.start search.stop revision.restore`.split(/\s+/);
const FACILITATOR = `driver.take driver.revoke suggestion.approve suggestion.decline suggestion.merge moderation.undo
  run.strike run.unstrike run.clear hand.lowerAll participant.remove participant.removeAll joinCode.rotate facilitator.unlink name.decide timer.set scene.show comparison.show holdout.reveal agenda.choose agenda.begin tour.show
  agenda.add agenda.edit agenda.move agenda.tick agenda.undo checkpoint.load poll.open poll.close poll.hideAnswer session.configure session.end`.split(
  /\s+/,
);
const DRIVER_ONLY = ['driver.move'];
const SERVER =
  `session.create facilitator.link participant.join participant.promote driver.lapse driver.offerLapse revision.cut run.start
  run.report run.interrupt search.report search.finish patch.states patch.check preview.due`.split(/\s+/);
const SERVER_TOO = ['run.request', 'run.cancel', 'session.end'];

const PEOPLE = [
  { name: 'a participant', id: BEN, facilitator: false, drives: false },
  { name: 'the driver', id: ANNA, facilitator: false, drives: true },
  { name: 'a facilitator', id: HOST, facilitator: true, drives: false },
  { name: 'a facilitator who drives', id: HOST, facilitator: true, drives: true },
  { name: 'the server', id: null, facilitator: false, drives: false },
] as const;
type Person = (typeof PEOPLE)[number];

function expected({ id, facilitator, drives }: Person, command: string): boolean {
  if (id === null) return SERVER.includes(command) || SERVER_TOO.includes(command);
  if (ANYONE.includes(command)) return true;
  if (DRIVER_ONLY.includes(command)) return drives;
  if (DRIVER_OR_FACILITATOR.includes(command)) return drives || facilitator;
  return FACILITATOR.includes(command) && facilitator;
}

const ALL = [...ANYONE, ...DRIVER_ONLY, ...DRIVER_OR_FACILITATOR, ...FACILITATOR, ...SERVER] as Command['type'][];

it('[S10] names every command of the schema once', () => {
  expect([...CLIENT_COMMANDS].sort()).toEqual(
    [...ANYONE, ...DRIVER_ONLY, ...DRIVER_OR_FACILITATOR, ...FACILITATOR].sort(),
  );
});

describe.each(PEOPLE)('$name', (person) => {
  it.each(ALL)('[S10] %s', (type) => {
    const { id, facilitator, drives } = person;
    expect(can({ participant: id, facilitator, drives }, type)).toBe(expected(person, type));
  });
});

/** One well-formed command of each kind, whose objects need not exist. */
const SAMPLES: readonly Command[] = [
  { type: 'participant.rename', displayName: 'Otter' },
  { type: 'participant.credit', name: 'Ada Lovelace' },
  { type: 'hand.raise' },
  { type: 'hand.lower' },
  { type: 'pulse.set', value: 'fine' },
  { type: 'suggestion.add', text: 'x' },
  { type: 'suggestion.edit', suggestion: 's9', text: 'x' },
  { type: 'suggestion.withdraw', suggestion: 's9' },
  { type: 'suggestion.fix', suggestion: 's9' },
  { type: 'suggestion.upvote', suggestion: 's9' },
  { type: 'suggestion.unvote', suggestion: 's9' },
  { type: 'driver.accept' },
  { type: 'driver.refuse' },
  { type: 'preview.request', suggestion: 's9' },
  { type: 'guess.set', value: 1 },
  { type: 'poll.answer', poll: 'q9', choice: 0 },
  { type: 'poll.open', question: 'Which model?', choices: ['Ridge', 'Forest'] },
  { type: 'poll.close', poll: 'q9' },
  { type: 'poll.hideAnswer', poll: 'q9', answer: '9', hidden: true },
  { type: 'driver.offer', to: BEN },
  { type: 'driver.withdrawOffer' },
  { type: 'driver.release' },
  { type: 'driver.move' },
  { type: 'suggestion.pin', suggestion: 's9' },
  { type: 'suggestion.unpin' },
  { type: 'suggestion.accept', suggestion: 's9' },
  { type: 'suggestion.unaccept', suggestion: 's9' },
  { type: 'run.request' },
  { type: 'run.cancel', run: 'r9' },
  { type: 'search.start', seconds: 30 },
  { type: 'search.stop' },
  { type: 'revision.restore', revision: 1 },
  { type: 'driver.take' },
  { type: 'driver.revoke' },
  { type: 'suggestion.approve', suggestion: 's9' },
  { type: 'suggestion.decline', suggestion: 's9', reason: 'later' },
  { type: 'suggestion.merge', suggestion: 's9', into: 's8' },
  { type: 'moderation.undo', seq: 1 },
  { type: 'run.strike', run: 'r9', reason: 'a leak' },
  { type: 'run.unstrike', run: 'r9' },
  { type: 'run.clear', run: 'r9', cleared: true },
  { type: 'hand.lowerAll' },
  { type: 'participant.remove', participant: 'p7' },
  { type: 'participant.removeAll', participants: ['p7'] },
  { type: 'joinCode.rotate' },
  { type: 'facilitator.unlink' },
  { type: 'name.decide', participant: 'p7', what: 'credit', allow: true },
  { type: 'timer.set', minutes: 5 },
  { type: 'scene.show', scene: 'code' },
  { type: 'comparison.show', before: 'r3', after: 'r3' },
  { type: 'holdout.reveal' },
  { type: 'agenda.choose', minutes: 45 },
  { type: 'agenda.begin', step: 'a1.0' },
  { type: 'tour.show', step: 'a1.0', place: 0 },
  { type: 'agenda.add', after: null, title: 'A break', minutes: 5 },
  { type: 'agenda.edit', step: 'a1.0', minutes: 5 },
  { type: 'agenda.move', step: 'a1.0', after: null },
  { type: 'agenda.tick', step: 'a1.0', done: true },
  { type: 'agenda.undo' },
  { type: 'checkpoint.load', name: '3-forest' },
  { type: 'session.configure', frozen: true },
  { type: 'session.end' },
  { type: 'driver.lapse' },
  { type: 'driver.offerLapse', to: BEN, at: 1 },
  { type: 'revision.cut' },
  { type: 'run.start', run: 'r3' },
  { type: 'preview.due', suggestion: 's9' },
];

describe('decide asks the table, and the state instead of the connection', () => {
  const states = {
    plain: driven(),
    hostDrives: play(driven(), [HOST, { type: 'driver.take' }, { facts: { tree: TREE1 } }]),
  };

  it.each(SAMPLES.map((command) => [command.type, command] as const))('[S10] %s', (_, command) => {
    for (const person of PEOPLE) {
      const state = person.id === HOST && person.drives ? states.hostDrives : states.plain;
      const outcome = decideLine(state, [person.id, command]);
      const denied = !outcome.ok && outcome.error.code === 'not_allowed';
      expect(denied, `${person.name}: ${command.type}`).toBe(!expected(person, command.type));
      if (denied) expect(outcome.error.facts).toEqual({ who: whoMay(command.type) });
    }
  });
});
