// View patches: they bring each audience from any view to any later one, and contain nothing that is hidden from it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import { applyPatch, diffViews, type ViewPatch } from '#session-core/protocol/messages.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { viewOf } from '#session-core/view/view.ts';
import type { Audience, Presence } from '#session-core/view/view-types.ts';
import { ANNA, BEN, HOST, replay, start, withSuggestion } from '../kit.ts';
import { BEGINNING, playRandom, untilEnough } from '../random.ts';
import { type Step, step } from '../random-commands.ts';

const sessions = fc.array(step, { minLength: 30, maxLength: 120, size: 'max' });
const AUDIENCES: readonly Audience[] = [
  { kind: 'public' },
  { kind: 'facilitator' },
  ...[HOST, ANNA, BEN].map((participant) => ({ kind: 'you', participant }) as const),
];
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const presenceOf = ({ a, b }: Step, state: SessionState): Presence => ({
  online: new Set(Object.keys(state.participants).filter((_, i) => (a + i) % 3 > 0)),
  viewers: b % 3,
  mostParticipants: a % 7 ? 1_200 : 4,
  gaps: a % 5 ? [] : ['no cgroups here'],
  retention: { keptUntil: b },
});

/** The server's side: one chain of patches. The client's: what it holds, and the three rules of the wire. */
interface Chain {
  view: object;
  seq: number;
  readonly kept: ViewPatch[];
  /** `from` of the newest patch that is not kept any more: of those who are there, something may be gone. */
  forgotten: number;
}
interface Client {
  view: object;
  seq: number;
  connected: boolean;
}
const seen = { applied: 0, ignored: 0, resynced: 0, snapshots: 0, lost: 0 };

function resync(client: Client, chain: Chain): void {
  seen.resynced += 1;
  const from = chain.kept.findIndex((patch) => patch.from === client.seq);
  if (client.seq === chain.forgotten || (from < 0 && client.seq !== chain.seq)) {
    seen.snapshots += 1;
    Object.assign(client, { view: copy(chain.view), seq: chain.seq });
  } else for (const patch of from < 0 ? [] : chain.kept.slice(from)) receive(client, patch, chain);
}

function receive(client: Client, patch: ViewPatch, chain: Chain): void {
  if (patch.from === client.seq) {
    client.view = applyPatch(client.view, copy(patch));
    client.seq = patch.seq;
    seen.applied += 1;
  } else if (patch.seq <= client.seq) seen.ignored += 1;
  else resync(client, chain);
}

it('[W1] patches bring every audience along, under loss, repetition and resync', () => {
  const tryOut = () =>
    fc.assert(
      fc.property(sessions, fc.array(fc.nat(99), { minLength: 10, maxLength: 40 }), (steps, weather) => {
        const first: Presence = {
          online: new Set(),
          viewers: 0,
          mostParticipants: 1_200,
          gaps: [],
          retention: { keptUntil: 0 },
        };
        const chains = AUDIENCES.map(
          (audience): Chain => ({
            view: viewOf(replay(BEGINNING), audience, first),
            seq: BEGINNING.length,
            kept: [],
            forgotten: -1,
          }),
        );
        const clients = chains.map(({ view, seq }): Client => ({ view: copy(view), seq, connected: true }));
        let i = 0;
        let shown = first;
        playRandom(steps, ({ after }) => {
          const now = steps[i++] as Step;
          const sky = (n: number) => weather[(i * 7 + n) % weather.length] ?? 0;
          // Several commands in one flush: views are made only now and then.
          if (sky(0) % 3 === 0) return;
          if (sky(1) % 4 === 0) shown = presenceOf(now, after);
          for (const [n, audience] of AUDIENCES.entries()) {
            const [chain, client] = [chains[n] as Chain, clients[n] as Client];
            const view = viewOf(after, audience, shown);
            const changes = diffViews(chain.view, view);
            const before = { ...chain };
            chain.view = view;
            if (!client.connected && sky(n) % 3 === 0) {
              client.connected = true;
              resync(client, before);
            }
            if (changes.set.length + changes.del.length === 0) continue;
            const patch: ViewPatch = { from: chain.seq, seq: after.seq, ...changes };
            chain.seq = after.seq;
            chain.kept.push(patch);
            if (chain.kept.length > 4) chain.forgotten = chain.kept.shift()?.from ?? -1;
            if (client.connected && sky(n + 2) % 10 === 0) client.connected = false;
            if (!client.connected) {
              seen.lost += 1;
              continue;
            }
            receive(client, patch, chain);
            if (sky(n + 3) % 9 === 0 && patch.seq > patch.from) receive(client, patch, chain);
            expect(client).toMatchObject({ seq: chain.seq });
            expect(client.view).toEqual(copy(view));
          }
        });
        for (const [n, client] of clients.entries()) {
          const chain = chains[n] as Chain;
          resync(client, chain);
          expect(client.view).toEqual(copy(chain.view));
        }
      }),
      { numRuns: 30 },
    );
  untilEnough(tryOut, () => Object.values(seen).every((times) => times > 20));
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(20);
});

it('[V5] no view holds a secret, a voter or another’s pending text', () => {
  let pending = 0;
  const look = () =>
    fc.assert(
      fc.property(sessions, (steps) => {
        playRandom(steps, ({ after, events }) => {
          if (events.length === 0) return;
          const presence: Presence = {
            online: new Set([HOST]),
            viewers: 0,
            mostParticipants: 1_200,
            gaps: [],
            retention: { keptUntil: 0 },
          };
          const views = AUDIENCES.map((audience) => ({ audience, view: viewOf(after, audience, presence) }));
          const texts = views.map(({ audience, view }) => ({ audience, text: JSON.stringify(view) }));
          for (const { text } of texts)
            expect(text).not.toMatch(/secret-|token-of-|facilitator-hash|tokenHash|voters|"closed"/);
          const holdout =
            after.settings.holdout === 'shown' || (after.settings.holdout === 'hidden' && after.settings.reveal);
          if (!holdout) for (const { text } of texts) expect(text).not.toContain('77.5');
          for (const card of Object.values(after.suggestions).filter((each) => !isPublic(each))) {
            const canary = /canary-\d+-/.exec(card.text)?.[0] ?? 'no canary';
            pending += 1;
            for (const { audience, text } of texts)
              if (audience.kind === 'public' || (audience.kind === 'you' && audience.participant !== card.author))
                expect(text.includes(canary), `${canary} for ${JSON.stringify(audience)}`).toBe(false);
          }
          for (const card of Object.values(viewOf(after, { kind: 'facilitator' }, presence).suggestions))
            expect(JSON.stringify({ ...card, author: '' })).not.toMatch(/"p[0-9a-f]+"/);
          const drafts = Object.entries(after.runs).filter(
            ([id, run]) =>
              run.draftOf && !Object.values(after.suggestions).some(({ previews }) => previews.includes(id)),
          );
          // One's own, or one of the same content that another person asked for first.
          for (const [id, { draftOf }] of drafts)
            for (const { audience, text } of texts)
              if (
                audience.kind !== 'you' ||
                (audience.participant !== draftOf && after.drafts[audience.participant]?.run !== id)
              )
                expect(text).not.toContain(`"${id}"`);
        });
      }),
      { numRuns: 40 },
    );
  untilEnough(look, () => pending > 100);
  expect(pending).toBeGreaterThan(100);
});

it('[W2] a patch holds only what differs', () => {
  const presence: Presence = {
    online: new Set([HOST]),
    viewers: 0,
    mostParticipants: 1_200,
    gaps: [],
    retention: { keptUntil: 0 },
  };
  const [s, id] = withSuggestion(start());
  const before = viewOf(s, { kind: 'public' }, presence);
  expect(diffViews(before, viewOf(s, { kind: 'public' }, presence))).toEqual({ set: [], del: [] });
  const voted = replay(
    [{ seq: s.seq + 1, at: 1, by: ANNA, type: 'suggestion.upvoted', payload: { suggestion: id } }],
    s,
  );
  const after = viewOf(voted, { kind: 'public' }, presence);
  expect(diffViews(before, after)).toEqual({ set: [[['suggestions', id, 'votes'], 2]], del: [] });
  expect(after.runs['r3']).toBe(before.runs['r3']);
  expect(after.participants).toBe(before.participants);
});

it('[W3] treats every key as data', () => {
  const key = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'a', 'b', ''),
    fc.string({ maxLength: 3 }),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, 1, 'x', true),
      fc.array(fc.nat(3), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  }));
  const object = fc
    .array(fc.tuple(key, tree), { maxLength: 5 })
    .map((entries) => Object.fromEntries(entries) as object);
  fc.assert(
    fc.property(object, object, (a, b) => {
      const frozen = JSON.stringify(a);
      const there = applyPatch(a, copy(diffViews(a, b)));
      expect(JSON.stringify(sorted(there))).toBe(JSON.stringify(sorted(b)));
      expect(JSON.stringify(a)).toBe(frozen);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

/** Keys in one order: a patch adds new ones at the end. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([k, each]) => [k, sorted(each)]);
}
