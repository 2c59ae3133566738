// Participants: joining, names, hands, pulse, guesses, removal.
import { describe, expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  driven,
  HOST,
  join,
  kinds,
  next,
  PRESENCE,
  play,
  report,
  START,
  start,
  TREE1,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const rename = (displayName: string) => ({ type: 'participant.rename', displayName }) as const;

describe('names', () => {
  it('[P1] cleans a display name and wants 2 to 20 characters', () => {
    const s = start();
    expect(when(s, ...join('  Calm\u200b  Otter '))).toMatchObject([
      ['participant.joined', { displayName: 'Calm Otter' }],
    ]);
    expect(when(s, ...join('x'))).toBe('display_name_length');
    expect(when(s, ...join('x'.repeat(21)))).toBe('display_name_length');
    expect(when(s, ...join('😀'.repeat(20)))).toMatchObject([['participant.joined', { displayName: '😀'.repeat(20) }]]);
    expect(when(s, ANNA, rename(' \u200b '))).toBe('display_name_length');
  });

  it('[P2] numbers a taken name on joining and refuses it on renaming', () => {
    const s = start();
    const joined = when(s, ...join('ＡＮＮＡ'));
    expect(joined).toMatchObject([['participant.joined', { displayName: 'ＡＮＮＡ 2' }]]);
    const two = play(s, join('anna'));
    expect(when(two, ...join('anna'))).toMatchObject([['participant.joined', { displayName: 'anna 3' }]]);
    expect(when(s, BEN, rename('aNNa'))).toBe('display_name_taken');
    const long = play(s, join('x'.repeat(20)));
    expect(when(long, ...join('x'.repeat(20)))).toMatchObject([
      ['participant.joined', { displayName: `${'x'.repeat(18)} 2` }],
    ]);
  });

  it('[P2] numbers hundreds who join under one name', () => {
    let s = start();
    for (let i = 0; i < 120; i++) s = play(s, join('Otter'));
    const names = Object.values(s.participants).map(({ displayName }) => displayName);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('Otter 120');
  });

  it('[P2] counts a look-alike as the same name', () => {
    expect(when(start(), ...join('Аnnа'))).toMatchObject([['participant.joined', { displayName: 'Аnnа 2' }]]);
    expect(when(start(), BEN, rename('Аnnа'))).toBe('display_name_taken');
  });

  it('[P19] keeps names of roles for facilitators', () => {
    const s = start();
    expect(when(s, ...join('Facilitator 🎓'))).toBe('display_name_reserved');
    expect(when(s, ANNA, rename('The Driver'))).toBe('display_name_reserved');
    expect(when(s, ANNA, { type: 'participant.credit', name: 'Moderator' })).toBe('display_name_reserved');
    expect(kinds(s, ...join('Facilitator', true))).toEqual(['participant.joined']);
    expect(kinds(s, HOST, rename('Moderator'))).toEqual(['participant.renamed']);
  });

  it('[P3] holds a filtered display name for a facilitator, and lets its owner in under another one', () => {
    const s = start();
    const flagged = { facts: { flagged: true } };
    expect(when(s, ANNA, rename('Rude'), flagged)).toEqual([
      ['name.held', { participant: ANNA, what: 'displayName', name: 'Rude' }],
    ]);
    const joining = {
      type: 'participant.join',
      displayName: 'Rude',
      substitute: 'Calm Otter',
      tokenHash: 't',
    } as const;
    const rude = next('p', s);
    const held = play(s, [null, { ...joining, facilitator: false }, flagged]);
    expect(held.participants[rude]).toMatchObject({ displayName: 'Calm Otter', held: { displayName: 'Rude' } });
    expect(JSON.stringify(viewOf(held, { kind: 'public' }, PRESENCE))).not.toContain('Rude');
    expect(viewOf(held, { kind: 'you', participant: rude }, PRESENCE).held).toEqual({ displayName: 'Rude' });
    expect(viewOf(held, { kind: 'facilitator' }, PRESENCE).heldNames).toEqual({ [rude]: { displayName: 'Rude' } });
    expect(kinds(s, null, { ...joining, facilitator: true }, flagged)).toEqual(['participant.joined']);
    const off = play(s, [HOST, { type: 'session.configure', wordFilter: false }]);
    expect(kinds(off, ANNA, rename('Rude'), flagged)).toEqual(['participant.renamed']);
  });

  it('[P20] a facilitator lets a held name pass or declines it', () => {
    const decide = (allow: boolean) =>
      ({ type: 'name.decide', participant: ANNA, what: 'displayName', allow }) as const;
    const s = play(start(), [ANNA, rename('Rude'), { facts: { flagged: true } }]);
    expect(when(s, BEN, decide(true))).toBe('not_allowed');
    const passed = play(s, [HOST, decide(true)]);
    expect(passed.participants[ANNA]?.displayName).toBe('Rude');
    expect(when(passed, HOST, decide(true))).toEqual([]);
    const declined = play(s, [HOST, decide(false)]);
    expect(declined.participants[ANNA]).toEqual(start().participants[ANNA]);
    // Taken meanwhile: the next free one.
    const late = play(s, join('rude'), [HOST, decide(true)]);
    expect(late.participants[ANNA]?.displayName).toBe('Rude 2');
    // Another name that passes takes the place of the one that waits.
    expect(play(s, [ANNA, rename('Anouk')]).participants[ANNA]).not.toHaveProperty('held');
  });

  it('[P4] changes nothing where the name is the same', () => {
    expect(when(start(), ANNA, rename(' Anna '))).toEqual([]);
    expect(kinds(start(), ANNA, rename('ANNA'))).toEqual(['participant.renamed']);
  });

  it('[P13] refuses who has not joined', () => {
    expect(when(start(), 'p99', { type: 'hand.raise' })).toBe('not_joined');
    expect(when(start(), '__proto__', { type: 'hand.raise' })).toBe('not_joined');
  });
});

describe('rights and removal', () => {
  it('[P5] promotes once, and no removed participant', () => {
    const promote = { type: 'participant.promote', participant: ANNA, link: 'l1' } as const;
    const s = start();
    expect(kinds(s, null, promote)).toEqual(['participant.promoted', 'facilitator.linkUsed']);
    expect(when(play(s, [null, promote]), null, promote)).toBe('wrong_secret');
    expect(when(play(s, [HOST, { type: 'participant.remove', participant: ANNA }]), null, promote)).toBe('removed');
    expect(when(s, null, { ...promote, participant: 'p99' })).toBe('not_found');
  });

  it('[P6] takes everything from a removed participant, except the history', () => {
    const [suggestions, suggestion] = withSuggestion(driven(), { by: ANNA });
    const before = play(
      suggestions,
      [BEN, { type: 'suggestion.upvote', suggestion: suggestion }],
      [ANNA, { type: 'pulse.set', value: 'lost' }],
      [ANNA, { type: 'guess.set', value: 2 }],
      [ANNA, { type: 'driver.offer', to: BEN }],
      [ANNA, { type: 'preview.request', patch: patchOf('trees: 7') }, { facts: tried({ ...TREE1, a: '7' }) }],
    );
    const facts = { tree: { ...TREE1, 'src/train.ts': 'typed' } };
    expect(kinds(before, HOST, { type: 'participant.remove', participant: ANNA }, { facts })).toEqual([
      'revision.cut',
      'driver.offerClosed',
      'driver.stopped',
      'run.cancelled',
      'participant.removed',
    ]);
    const s = play(before, [HOST, { type: 'participant.remove', participant: ANNA }, { facts }]);
    expect(s).toMatchObject({ driver: null, offer: null, pulses: {}, guesses: {}, drafts: {} });
    expect(s.suggestions[suggestion]).toMatchObject({ status: 'withdrawn', voters: { [ANNA]: true, [BEN]: true } });
    expect(when(s, ANNA, { type: 'hand.raise' })).toBe('removed');
    expect(viewOf(s, { kind: 'public' }, PRESENCE).participants[ANNA]).toBeUndefined();
  });

  it('[P6] lowers the hand and closes the offer of a removed participant', () => {
    const s = play(start(), [ANNA, { type: 'hand.raise' }], [HOST, { type: 'driver.offer', to: ANNA }]);
    const gone = play(s, [HOST, { type: 'participant.remove', participant: ANNA }]);
    expect(gone).toMatchObject({ hands: {}, offer: null });
  });

  it('[P7] lets nobody remove themselves, and nobody twice', () => {
    const s = start();
    expect(when(s, HOST, { type: 'participant.remove', participant: HOST })).toBe('invalid');
    const gone = play(s, [HOST, { type: 'participant.remove', participant: BEN }]);
    expect(when(gone, HOST, { type: 'participant.remove', participant: BEN })).toEqual([]);
    expect(when(gone, HOST, { type: 'participant.remove', participant: 'p99' })).toBe('not_found');
  });

  it('[P8] keeps the name of who was removed from others', () => {
    const s = play(start(), [HOST, { type: 'participant.remove', participant: BEN }]);
    expect(when(s, ...join(' bEn '))).toBe('display_name_taken');
    expect(when(s, ANNA, rename('Ben'))).toBe('display_name_taken');
    expect(play(s, [HOST, { type: 'moderation.undo', seq: s.seq }]).participants[BEN]?.displayName).toBe('Ben');
  });

  it('[P15] lets so many take part, facilitators apart; removed ones do not count', () => {
    const facts = { mostParticipants: 4 };
    const joins = { type: 'participant.join', displayName: 'Dora', tokenHash: 't', facilitator: false } as const;
    expect(when(start(), null, joins, { facts })).toBe('session_full');
    expect(kinds(start(), null, { ...joins, facilitator: true }, { facts })).toEqual(['participant.joined']);
    const seen = viewOf(start(), { kind: 'public' }, { ...PRESENCE, mostParticipants: 4 });
    expect(seen.full).toBe(true);
    const space = play(start(), [HOST, { type: 'participant.remove', participant: BEN }]);
    expect(kinds(space, null, joins, { facts })).toEqual(['participant.joined']);
  });

  it('[P16] a locked session takes no newcomers, except facilitators', () => {
    const locked = play(start(), [HOST, { type: 'session.configure', locked: true }]);
    const joins = { type: 'participant.join', displayName: 'Dora', tokenHash: 't', facilitator: false } as const;
    expect(when(locked, null, joins)).toBe('session_locked');
    expect(kinds(locked, null, { ...joins, facilitator: true })).toEqual(['participant.joined']);
    const open = play(locked, [HOST, { type: 'session.configure', locked: false }]);
    expect(kinds(open, null, joins)).toEqual(['participant.joined']);
  });

  it('[P17] a removal takes suggestions and votes along, unless it is to leave them', () => {
    const [one, annas] = withSuggestion(start(), { by: ANNA });
    const [two, bens] = withSuggestion(one, { by: BEN, text: 'fewer trees' });
    const voted = play(two, [ANNA, { type: 'suggestion.upvote', suggestion: bens }]);
    const gone = play(voted, [HOST, { type: 'participant.remove', participant: ANNA }]);
    expect(gone.suggestions[annas]?.status).toBe('withdrawn');
    expect(gone.suggestions[bens]?.voters).toEqual({ [BEN]: true });
    const left = play(voted, [HOST, { type: 'participant.remove', participant: ANNA, contributions: false }]);
    expect(left.suggestions).toEqual(voted.suggestions);
  });

  it('[P18] removes many at once, never a facilitator', () => {
    const participants = [ANNA, HOST, BEN, ANNA, 'p99', '__proto__'];
    expect(when(start(), HOST, { type: 'participant.removeAll', participants })).toEqual([
      ['participant.removed', { participant: ANNA, contributions: true }],
      ['participant.removed', { participant: BEN, contributions: true }],
    ]);
  });
});

it('[P14] a name to be credited by is set, changed and cleared', () => {
  const credit = (name: string | null) => ({ type: 'participant.credit', name }) as const;
  const s = play(start(), [ANNA, credit('  Ada   Lovelace ')]);
  const seen = (state: SessionState) => viewOf(state, { kind: 'public' }, PRESENCE).participants[ANNA];
  expect(seen(s)).toMatchObject({ displayName: 'Anna', credit: 'Ada Lovelace' });
  expect(when(s, ANNA, credit('Ada Lovelace'))).toEqual([]);
  expect(when(s, ANNA, credit('A'))).toBe('credit_length');
  expect(when(s, ANNA, credit('x'.repeat(61)))).toBe('credit_length');
  const waits = play(s, [ANNA, credit('Rude'), { facts: { flagged: true } }]);
  expect(seen(waits)).toMatchObject({ credit: 'Ada Lovelace' });
  const passed = play(waits, [HOST, { type: 'name.decide', participant: ANNA, what: 'credit', allow: true }]);
  expect(seen(passed)).toMatchObject({ displayName: 'Anna', credit: 'Rude' });
  expect(seen(play(s, [ANNA, credit(null)]))).not.toHaveProperty('credit');
  expect(when(start(), ANNA, credit(null))).toEqual([]);
});

describe('hands', () => {
  it('[P9] are kept in order; one lowers their own, a facilitator any or all', () => {
    const s = play(start(), [BEN, { type: 'hand.raise' }], [ANNA, { type: 'hand.raise' }]);
    expect(viewOf(s, { kind: 'public' }, PRESENCE).hands).toEqual([BEN, ANNA]);
    expect(when(s, BEN, { type: 'hand.raise' })).toEqual([]);
    expect(when(s, BEN, { type: 'hand.lower' })).toEqual([['hand.lowered', { participant: BEN }]]);
    expect(when(s, BEN, { type: 'hand.lower', participant: ANNA })).toBe('not_allowed');
    expect(when(s, HOST, { type: 'hand.lower', participant: ANNA })).toEqual([['hand.lowered', { participant: ANNA }]]);
    expect(when(s, HOST, { type: 'hand.lower', participant: 'p99' })).toBe('not_found');
    expect(when(s, HOST, { type: 'hand.lower' })).toEqual([]);
    expect(when(s, HOST, { type: 'hand.lowerAll' })).toEqual([['hands.lowered', {}]]);
    expect(play(s, [HOST, { type: 'hand.lowerAll' }]).hands).toEqual({});
    expect(when(start(), HOST, { type: 'hand.lowerAll' })).toEqual([]);
  });

  it('[P10] are not raised by the driver, and lowered by starting to drive', () => {
    expect(when(driven(), ANNA, { type: 'hand.raise' })).toBe('already_driving');
    const s = play(start(), [BEN, { type: 'hand.raise' }], [HOST, { type: 'driver.offer', to: BEN }]);
    expect(kinds(s, BEN, { type: 'driver.accept' })).toEqual(['driver.started', 'hand.lowered']);
  });
});

describe('pulse and guess', () => {
  it('[P11] is set, changed, cleared, and fades', () => {
    const press = (value: 'fast' | 'lost' | null) => ({ type: 'pulse.set', value }) as const;
    const at = START + 100_000;
    const s = play(start(), [ANNA, press('fast'), { at }], [BEN, press('lost'), { at: at + 50_000 }]);
    expect(kinds(s, ANNA, press('fast'), { at: at + 9_999 })).toEqual([]);
    expect(kinds(s, ANNA, press('fast'), { at: at + 10_000 })).toEqual(['pulse.set']);
    expect(kinds(s, ANNA, press('lost'), { at: at + 1 })).toEqual(['pulse.set']);
    expect(play(s, [ANNA, press(null), { at: at + 51_000 }]).pulses[ANNA]).toBeUndefined();
    expect(kinds(start(), ANNA, press(null))).toEqual([]);
    const later = play(s, [HOST, press('fast'), { at: at + 60_000 }]);
    expect(Object.keys(later.pulses)).toEqual([BEN, HOST]);
  });

  it('[P12] is one number per person until the run starts', () => {
    const guess = (value: number | null) => ({ type: 'guess.set', value }) as const;
    const s = play(start(), [ANNA, guess(2.5)], [ANNA, guess(2.4)], [BEN, guess(2)], [BEN, guess(null)]);
    expect(s.guesses).toEqual({ [ANNA]: 2.4 });
    expect(when(s, ANNA, guess(2.4))).toEqual([]);
    expect(when(s, BEN, guess(null))).toEqual([]);
    const run = next('r', s);
    const running = play(s, [HOST, { type: 'run.request' }], [null, { type: 'run.start', run }]);
    expect(running.guesses).toEqual({});
    const over = play(running, [null, { type: 'run.report', run, report: report() }]);
    expect(over.runs[run]?.guesses).toEqual([{ participant: ANNA, value: 2.4 }]);
  });
});

function patchOf(added: string) {
  return { revision: 1, files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['a'], added: [added] }] }] };
}
