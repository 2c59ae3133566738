// The session as a whole: created, configured, ended; how events are stamped, resends answered, effects listed.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { effectsOf } from '#session-core/effects.ts';
import { clientCommandSchema } from '#session-core/model/client-commands.ts';
import { type SessionEvent, upcast } from '#session-core/model/events.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { rejection } from '#session-core/model/rejection.ts';
import { initialState } from '#session-core/model/state.ts';
import { ackOfRejection } from '#session-core/protocol/messages-for-programs.ts';
import { aboutOf, answerBefore } from '#session-core/rules/idempotency.ts';
import { rejections } from '#session-core/sentences/en/rejections.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { evolve } from '#session-core/session.ts';
import { viewOf } from '#session-core/view/view.ts';
import { EVERY_REJECTION } from '../every-rejection.ts';
import {
  ANNA,
  BEN,
  CREATE,
  driven,
  eventsOf,
  HOST,
  kinds,
  next,
  PRESENCE,
  patch,
  play,
  START,
  start,
  TREE1,
  tree,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const configure = (changes: object) => ({ type: 'session.configure', ...changes }) as const;
const END = { type: 'session.end' } as const;

describe('from start to end', () => {
  it('[S1] is created once, with a revision and a run of it', () => {
    expect(when(initialState, null, CREATE)).toMatchObject([
      ['session.created', { title: 'Grades', settings: { approveFirst: false, holdout: 'hidden', previewTop: 3 } }],
      ['revision.cut', { n: 1, tree: TREE1, why: 'start' }],
      ['run.requested', { kind: 'main', revision: 1, tree: TREE1, why: 'start' }],
    ]);
    expect(when(start(), null, CREATE)).toEqual([]);
    expect(when(start(), HOST, CREATE)).toBe('not_allowed');
  });

  it('[S2] has a clean title of 1 to 80 characters', () => {
    expect(when(start(), HOST, configure({ title: ' New\n title ' }))).toEqual([
      ['session.configured', { changes: { title: 'New title' } }],
    ]);
    expect(when(start(), HOST, configure({ title: '  ' }))).toBe('invalid');
    expect(when(start(), HOST, configure({ title: 'x'.repeat(81) }))).toBe('invalid');
    const untitled = { ...CREATE, title: ' ' } as typeof CREATE;
    expect(play(initialState, [null, untitled]).title).toBe('Crowd programming');
  });

  it('[S3] records only what differs', () => {
    expect(when(start(), HOST, configure({ title: 'Grades', frozen: true, autoRun: true }))).toEqual([
      ['session.configured', { changes: { frozen: true } }],
    ]);
    expect(when(start(), HOST, configure({ frozen: false }))).toEqual([]);
    expect(play(start(), [HOST, configure({ frozen: true })]).settings).toEqual({ ...start().settings, frozen: true });
  });

  it('[S28] has a licence that a facilitator changes, MIT without another', () => {
    expect(start().settings.license).toBe('MIT');
    expect(play(start(), [HOST, configure({ license: 'none' })]).settings.license).toBe('none');
    expect(when(start(), ANNA, configure({ license: 'none' }))).toBe('not_allowed');
  });

  it('[S27] has a language that a facilitator changes, English without another', () => {
    expect(start().settings.language).toBe('en');
    expect(play(initialState, [null, { ...CREATE, language: 'de' } as typeof CREATE]).settings.language).toBe('de');
    expect(play(start(), [HOST, configure({ language: 'fr' })]).settings.language).toBe('fr');
    expect(when(start(), null, configure({ language: 'fr' }))).toBe('not_allowed');
  });

  it('[S4] ends with nobody driving and nothing running', () => {
    const s = play(
      driven(),
      [HOST, { type: 'timer.set', minutes: 5 }],
      [ANNA, { type: 'driver.offer', to: BEN }],
      [ANNA, { type: 'run.request' }, { facts: { tree: tree({ a: '1' }) } }],
    );
    expect(kinds(s, HOST, END)).toEqual(['driver.offerClosed', 'driver.stopped', 'run.cancelled', 'session.ended']);
    expect(play(s, [HOST, END])).toMatchObject({ status: 'ended', driver: null, offer: null, timer: null });
    const vacant = play(start(), [HOST, { type: 'driver.offer', to: BEN }]);
    expect(kinds(vacant, HOST, END)).toEqual(['driver.offerClosed', 'session.ended']);
    expect(kinds(start(), null, END)).toEqual(['session.ended']);
    const [open, suggestion] = withSuggestion(start());
    const asking = play(
      open,
      [HOST, { type: 'suggestion.pin', suggestion }],
      [HOST, { type: 'poll.open', question: 'Why?' }],
    );
    expect(kinds(asking, HOST, END)).toEqual(['suggestion.unpinned', 'poll.closed', 'session.ended']);
  });

  it('[S5] lets nobody change anything after the end', () => {
    const [before, suggestion] = withSuggestion(start());
    const s = play(before, [HOST, END]);
    for (const command of [
      { type: 'hand.raise' },
      { type: 'suggestion.upvote', suggestion: suggestion },
      { type: 'participant.rename', displayName: 'Late' },
    ] as const)
      expect(when(s, ANNA, command)).toBe('session_ended');
    expect(when(s, HOST, { type: 'driver.take' })).toBe('session_ended');
    expect(when(s, null, { type: 'participant.join', displayName: 'Late', tokenHash: 't', facilitator: false })).toBe(
      'session_ended',
    );
    expect(kinds(s, null, { type: 'revision.cut' }, { facts: { tree: tree({ a: '1' }) } })).toEqual([]);
    expect(kinds(s, null, { type: 'facilitator.link', hash: 'h2', madeBy: 'start', by: null })).toEqual([
      'facilitator.linked',
    ]);
  });

  it('[S14] has a timer that restarts when another participant starts driving', () => {
    const set = (minutes: number | null) => ({ type: 'timer.set', minutes }) as const;
    const s = play(driven(), [HOST, set(5), { at: START + 50_000 }]);
    expect(s.timer).toEqual({ minutes: 5, startedAt: START + 50_000 });
    expect(when(start(), HOST, set(null))).toEqual([]);
    expect(play(s, [HOST, set(null)]).timer).toBeNull();
    const at = START + 90_000;
    expect(play(s, [HOST, { type: 'driver.take' }, { at }]).timer).toEqual({ minutes: 5, startedAt: at });
    expect(play(s, [ANNA, { type: 'driver.move' }, { at, tab: 'other' }]).timer).toEqual(s.timer);
    expect(play(driven(), [HOST, { type: 'driver.take' }]).timer).toBeNull();
  });
});

describe('events and answers', () => {
  it('[S7] stamps each event', () => {
    const made = eventsOf(initialState, [null, CREATE, { at: 7, cause: 'birth-000' }]);
    expect(made.map(({ seq, at, by, cause }) => [seq, at, by, cause])).toEqual([
      [1, 7, null, 'birth-000'],
      [2, 7, null, undefined],
      [3, 7, null, undefined],
    ]);
    expect(made[1]).not.toHaveProperty('cause');
  });

  it('[S8] does a resent command once, whatever right was lost since', () => {
    const said = { cause: 'release-01' };
    const s = play(driven(), [ANNA, { type: 'driver.release' }, said]);
    expect(when(s, ANNA, { type: 'driver.release' })).toBe('not_allowed');
    expect(when(s, ANNA, { type: 'driver.release' }, said)).toEqual([]);
    const ended = play(s, [HOST, END]);
    expect(when(ended, ANNA, { type: 'driver.release' }, said)).toEqual([]);
    expect(answerBefore(ended, ANNA, 'release-01')).toEqual({ seq: s.seq });
    const gone = play(s, [HOST, { type: 'participant.remove', participant: ANNA }]);
    expect(when(gone, ANNA, { type: 'driver.release' }, said)).toBe('removed');
    // The same id from another participant is another command.
    expect(kinds(s, BEN, { type: 'hand.raise' }, said)).toEqual(['hand.raised']);
  });

  it('[S9] keeps the last 50 command ids of each, without rejected ones', () => {
    let s = play(start(), [BEN, { type: 'hand.raise' }, { cause: 'ben-00000' }]);
    for (let i = 0; i < 51; i++)
      s = play(s, [ANNA, { type: i % 2 ? 'hand.lower' : 'hand.raise' }, { cause: `anna-${i}` }]);
    expect(answerBefore(s, ANNA, 'anna-0')).toBeNull();
    expect(answerBefore(s, ANNA, 'anna-1')).not.toBeNull();
    expect(answerBefore(s, BEN, 'ben-00000')).not.toBeNull();
    const same = play(s, [ANNA, { type: 'hand.raise' }, { cause: 'anna-same' }]);
    expect(answerBefore(same, ANNA, 'anna-same')).toBeNull();
    // The ack of a command of several events names the last.
    const accepted = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }, { cause: 'first-offer' }]);
    const again = play(accepted, [ANNA, { type: 'driver.offer', to: HOST }, { cause: 'second-offer' }]);
    expect(answerBefore(again, ANNA, 'second-offer')).toEqual({ seq: again.seq });
  });

  it('[S13] names what a command created or found', () => {
    const [s, suggestion] = withSuggestion(driven(), { patch: patch('trees: 200'), cause: 'add-000001' });
    expect(answerBefore(s, BEN, 'add-000001')).toEqual({ seq: s.seq, about: suggestion });
    const duplicate = { type: 'suggestion.add', text: 'same', patch: patch('trees: 200') } as const;
    const about = (who: string, command: Parameters<typeof aboutOf>[1]['command'], facts = {}) => {
      const events = eventsOf(s, [who, command, { facts }]);
      return aboutOf(events.reduce(evolve, s), { command, participant: who, events });
    };
    expect(about(ANNA, duplicate)).toBe(suggestion);
    expect(about(BEN, duplicate)).toBe(suggestion);
    expect(about(ANNA, { type: 'run.request' }, { tree: tree({ a: '1' }) })).toBe(
      next('r', play(s, [null, { type: 'revision.cut' }, { facts: { tree: tree({ a: '1' }) } }])),
    );
    expect(about(BEN, { type: 'preview.request', suggestion: suggestion }, tried(tree({ b: '1' })))).toBe(next('r', s));
    expect(about(BEN, { type: 'hand.raise' })).toBeUndefined();
  });

  it('[S15] keeps the last 100 entries, without the text of a suggestion', () => {
    let s = start();
    for (let i = 0; i < 70; i++) s = play(s, [ANNA, { type: 'hand.raise' }], [ANNA, { type: 'hand.lower' }]);
    const [added] = withSuggestion(s, { text: 'canary text' });
    for (let i = 0; i < 70; i++) s = play(s, [ANNA, { type: 'hand.raise' }], [ANNA, { type: 'hand.lower' }]);
    expect(s.activity).toHaveLength(LIMITS.activity);
    expect(added.activity.at(-1)).toMatchObject({ by: BEN, what: 'suggestion_added' });
    expect(JSON.stringify(added.activity)).not.toContain('canary');
    const [held] = withSuggestion(play(start(), [HOST, configure({ approveFirst: true })]));
    expect(JSON.stringify(viewOf(held, { kind: 'public' }, PRESENCE).activity)).not.toContain('suggestion_added');
    expect(JSON.stringify(viewOf(held, { kind: 'facilitator' }, PRESENCE).activity)).toContain('suggestion_added');
  });

  it('[S16] refuses a log of a newer version', () => {
    const [event] = eventsOf(initialState, [null, CREATE]);
    expect(upcast(event as SessionEvent)).toBe(event);
    expect(() => upcast(event as SessionEvent, 2)).toThrow(/newer version/);
  });

  it('[S17] lists the effects', () => {
    const effects = (line: Parameters<typeof eventsOf>[1], from = driven()) => {
      let state = from;
      return eventsOf(from, line).flatMap((event) => {
        state = evolve(state, event);
        return effectsOf(event, state).map(({ type }) => type);
      });
    };
    const facts = { tree: tree({ a: '1' }) };
    expect(effects([ANNA, { type: 'run.request' }, { facts }])).toEqual(['start_run']);
    expect(effects([ANNA, { type: 'driver.release' }])).toEqual([]);
    expect(effects([HOST, { type: 'participant.remove', participant: ANNA }])).toEqual([
      'disconnect',
      'check_previews',
    ]);
    const waiting = play(driven(), [ANNA, { type: 'run.request' }, { facts }]);
    expect(effects([HOST, END], waiting)).toEqual(['cancel_run', 'end_session']);
    expect(effects([BEN, { type: 'suggestion.add', text: 'x', patch: patch('y') }])).toEqual(['check_previews']);
    expect(effects([BEN, { type: 'suggestion.add', text: 'x' }])).toEqual([]);
    const off = play(driven(), [HOST, configure({ previews: 'off' })]);
    expect(effects([BEN, { type: 'suggestion.add', text: 'x', patch: patch('y') }], off)).toEqual([]);
  });
});

describe('the protocol', () => {
  it('[W4] sends a rejection as code, message and facts, each code with its sentence', () => {
    expect(ackOfRejection(rejection('rate_limited', { seconds: 3 }))).toEqual({
      ok: false,
      rejection: { code: 'rate_limited', message: 'Too fast: try again in 3 s.', seconds: 3 },
    });
    for (const one of EVERY_REJECTION) {
      const message = messageOf(one);
      expect(message, one.code).toMatch(/^(canary|[A-Z]).*\.$/);
      expect(message, one.code).not.toMatch(/undefined|\[object|[{}]/);
      for (const value of Object.values(one.facts).filter((fact) => String(fact).startsWith('canary')))
        expect(message, one.code).toContain(value);
    }
    expect(new Set(EVERY_REJECTION.map(({ code }) => code))).toEqual(new Set(Object.keys(rejections)));
  });

  it('[W5] refuses a field that the schema does not know', () => {
    expect(v.is(clientCommandSchema, { type: 'hand.raise' })).toBe(true);
    expect(v.is(clientCommandSchema, { type: 'hand.raise', as: 'p4' })).toBe(false);
    expect(v.is(clientCommandSchema, { type: 'participant.promote', participant: ANNA })).toBe(false);
    expect(v.is(clientCommandSchema, { type: 'guess.set', value: Number.POSITIVE_INFINITY })).toBe(false);
    const named = (path: string) => ({
      type: 'suggestion.add',
      text: 'x',
      patch: { ...patch('y'), files: [{ ...patch('y').files[0], path }] },
    });
    expect(v.is(clientCommandSchema, named('src/a.ts'))).toBe(true);
    for (const path of ['../a', '/etc/x', 'a/../b', '.env', ''])
      expect(v.is(clientCommandSchema, named(path)), path).toBe(false);
  });
});

it('[S18] a new join code replaces the old one', () => {
  const s = play(start(), [HOST, { type: 'joinCode.rotate' }, { facts: { joinCode: 'JKMNPQ' } }]);
  expect(s.joinCode).toBe('JKMNPQ');
  expect(when(start(), ANNA, { type: 'joinCode.rotate' }, { facts: { joinCode: 'JKMNPQ' } })).toBe('not_allowed');
});
