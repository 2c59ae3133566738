// A browser translates the page: it puts each text node into elements of its own. The page goes on as one that is not
// translated: nothing freezes, nothing fails.
import { act } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoticesProvider } from '#app/_features/notices/notices.tsx';
import { HostSurface } from '#app/_surfaces/host-surface.tsx';
import { ParticipantSurface } from '#app/_surfaces/participant-surface.tsx';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import type { Id } from '#session-core/model/types.ts';
import { ANNA, BEN, HOST, type Line, patch, RUN1, report, START, start, TREE1, tree } from '../../session-core/kit.ts';
import { openSession, stopClock, type TestSession } from './session.tsx';

afterEach(() => vi.restoreAllMocks());

/** As Chrome does it: `<font><font>text</font></font>` in the place of the text, unless the page says not to. */
function translate(root: Element): number {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  const open = texts.filter(
    (text) => text.data.trim() !== '' && !text.parentElement?.closest('[translate="no"], font'),
  );
  for (const text of open) {
    const outer = document.createElement('font');
    const inner = outer.appendChild(document.createElement('font'));
    text.parentNode?.replaceChild(outer, text);
    inner.append(text.data);
  }
  return open.length;
}

const textOf = (root: Element) => (root.textContent ?? '').replace(/\s+/g, ' ');

type Step = readonly [what: string, line: (session: TestSession) => Line];
const suggestion = (session: TestSession): Id => Object.keys(session.state().suggestions)[0] ?? '';
const newestRun = (session: TestSession): Id => Object.keys(session.state().runs).at(-1) ?? '';
const STEPS: readonly Step[] = [
  ['Anna raises her hand', () => [ANNA, { type: 'hand.raise' }]],
  ['Ben raises his', () => [BEN, { type: 'hand.raise' }]],
  ['Ben suggests something', () => [BEN, { type: 'suggestion.add', text: 'more trees' }]],
  ['with code', () => [BEN, { type: 'suggestion.add', text: 'fewer trees', patch: patch('trees: 50') }]],
  ['Anna votes', (session) => [ANNA, { type: 'suggestion.upvote', suggestion: suggestion(session) }]],
  ['driving is offered', () => [HOST, { type: 'driver.offer', to: ANNA }]],
  ['and declined', () => [ANNA, { type: 'driver.refuse' }]],
  ['it is offered again', () => [HOST, { type: 'driver.offer', to: BEN }]],
  ['and accepted', () => [BEN, { type: 'driver.accept' }, { tab: 'b', facts: { tree: TREE1 } }]],
  ['Anna lowers her hand', () => [ANNA, { type: 'hand.lower' }]],
  ['a timer runs', () => [HOST, { type: 'timer.set', minutes: 5 }, { at: START + 60_000 }]],
  ['a suggestion is pinned', (session) => [BEN, { type: 'suggestion.pin', suggestion: suggestion(session) }]],
  [
    'and done',
    (session) => [
      BEN,
      { type: 'suggestion.accept', suggestion: suggestion(session), how: 'hand' },
      { facts: { tree: tree({ 'README.md': 'readme-2' }) } },
    ],
  ],
  [
    'a run succeeds',
    (session) => [
      null,
      { type: 'run.report', run: newestRun(session), report: report({ metrics: { 'cv.rmse': 2.5 } }) },
    ],
  ],
  ['new suggestions are paused', () => [HOST, { type: 'session.configure', frozen: true }]],
  ['they need approval', () => [HOST, { type: 'session.configure', frozen: false, approveFirst: true }]],
  ['one waits', () => [ANNA, { type: 'suggestion.add', text: 'scale inputs' }]],
  ['the timer goes', () => [HOST, { type: 'timer.set', minutes: null }]],
  ['Ben stops driving', () => [BEN, { type: 'driver.release' }, { facts: { tree: TREE1 } }]],
  ['Anna is removed', () => [HOST, { type: 'participant.remove', participant: BEN }]],
];

describe.each([
  ['the page of a participant', ANNA, <ParticipantSurface key="participant" />],
  ["the facilitator's page", HOST, <HostSurface key="host" />],
  ['the projector view', null, <ProjectorSurface key="projector" />],
] as const)('%s', (_, who, page) => {
  it('shows after each step what an untranslated one shows', async () => {
    const failed = vi.spyOn(console, 'error');
    const pass = stopClock(60_000);
    const session = openSession(start());
    for (const _ of ['translated', 'not']) await session.show(who, <NoticesProvider>{page}</NoticesProvider>);
    await pass(0);
    const [plain, translated] = [...document.body.children] as [Element, Element];
    expect(translate(translated)).toBeGreaterThan(5);
    for (const [what, line] of STEPS) {
      await session.say(...line(session));
      await pass(1_000);
      expect(textOf(translated), what).toBe(textOf(plain));
      act(() => void translate(translated));
    }
    await pass(61_000);
    expect(textOf(translated), 'as time passes').toBe(textOf(plain));
    expect(session.state().runs[RUN1]?.status).toBe('succeeded');
    expect(failed.mock.calls).toEqual([]);
  });
});
