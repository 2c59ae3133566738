// Newcomers while things happen: each gets a snapshot and then every patch after it once, packed or plain, by either
// transport; so what each of them holds in the end is the session's own view.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createArrivals } from '#app/_session/view/arrivals.ts';
import { applyPatch, type PackedSnapshot, type Snapshot, type ViewPatch } from '#session-core/protocol/messages.ts';
import type { PublicView, YouView } from '#session-core/view/view-types.ts';
import { type Caller, call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
const open: Caller[] = [];
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
});
afterAll(async () => {
  for (const caller of open) caller.socket.close();
  await server.close();
});

type Said = Snapshot<PublicView, YouView> | PackedSnapshot<YouView>;

/** What a page would show by now, from all that came. */
function follow(caller: Caller) {
  const held = { view: null as PublicView | null, seq: -1, gaps: 0, twice: 0, packed: 0 };
  const arrivals = createArrivals(() => {
    throw new Error('a packed snapshot could not be opened');
  });
  let taken = 0;
  const look = () => {
    for (const { event, said } of caller.got.slice(taken)) {
      taken += 1;
      if (event === 'snapshot') {
        if (ArrayBuffer.isView((said as Said).view)) held.packed += 1;
        arrivals.snapshot<PublicView, YouView>(said as Said, ({ view, seq }) => Object.assign(held, { view, seq }));
      } else if (event === 'patch')
        arrivals.other(() => {
          const patch = said as ViewPatch;
          if (patch.from !== held.seq) {
            if (patch.seq <= held.seq) held.twice += 1;
            else held.gaps += 1;
            return;
          }
          held.view = applyPatch(held.view, patch) as PublicView;
          held.seq = patch.seq;
        });
    }
  };
  return {
    now: async () => {
      look();
      await new Promise<void>((done) => arrivals.other(done));
      return held;
    },
  };
}

it('hold the view in the end, with no patch missed or sent twice', async () => {
  const { sessionId, joinCode } = session;
  const voters = await Promise.all(
    Array.from({ length: 6 }, async (_, i) => {
      const { token } = await server.join(joinCode, `Voter ${i}`);
      const caller = await call(server.url, { sessionId, token }, { origin: server.url });
      open.push(caller);
      return caller;
    }),
  );
  const ids: string[] = [];
  for (const [i, voter] of voters.entries()) {
    const ack = await voter.command({ type: 'suggestion.add', text: `Idea ${i} ${'and why '.repeat(20)}` });
    ids.push(ack.ok ? (ack.about ?? '') : '');
  }
  let stop = false;
  const busy = voters.map(async (voter, i) => {
    for (let n = 0; !stop; n += 1) {
      const type = n % 2 === 0 ? 'suggestion.upvote' : 'suggestion.unvote';
      await voter.command({ type, suggestion: ids[(i + 1) % ids.length] });
      await voter.command({ type: n % 2 === 0 ? 'hand.raise' : 'hand.lower' });
    }
  });
  const newcomers = [];
  for (let i = 0; i < 36; i += 1) {
    const { token } = await server.join(joinCode, `New ${i}`);
    const auth = { sessionId, token, ...(i % 3 === 0 ? {} : { packed: true }) };
    const caller = await call(server.url, auth, { origin: server.url }, i % 4 === 0 ? 'polling' : 'websocket');
    open.push(caller);
    newcomers.push(follow(caller));
  }
  stop = true;
  await Promise.all(busy);
  const whole = async () => (await server.instance.registry.open(sessionId))!.view();
  for (const [i, newcomer] of newcomers.entries()) {
    await expect.poll(async () => (await newcomer.now()).view).toEqual(await whole());
    const { gaps, twice, packed } = await newcomer.now();
    expect([gaps, twice, packed]).toEqual([0, 0, i % 3 === 0 ? 0 : 1]);
  }
});
