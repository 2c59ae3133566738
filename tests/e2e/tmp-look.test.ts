import { afterAll, beforeAll, describe, it } from 'vitest';
import { io } from 'socket.io-client';
import { withoutBrowser, openWindow, PHONE, LAPTOP } from '../support/browser.ts';
import { openStory, type Story } from './story.ts';
const shot = (page: any, name: string) => page.screenshot({ path: `/tmp/look/${name}.png` });
const step = async (name: string, f: () => Promise<void>) => { try { await f(); console.log('ok', name); } catch (e: any) { console.log('STEP FAILED', name, e.message.slice(0, 400)); } };
describe.skipIf(withoutBrowser())('look', () => {
  let story: Story;
  beforeAll(async () => { story = await openStory('Look', { failsRequests: true }); });
  afterAll(async () => { await story.close(); });
  it('shows', { timeout: 400_000 }, async () => {
    const host = await story.host();
    const phone = await openWindow(story.browser, { viewport: PHONE, touch: true });
    await step('held', async () => {
      await phone.page.goto(`${story.server.url}/j/${story.made.joinCode}`);
      await phone.page.waitForTimeout(2500);
      await phone.page.getByLabel('Display name').fill('Shithead');
      await phone.page.getByRole('button', { name: 'Join the session' }).click();
      await phone.page.waitForTimeout(4000);
      await shot(phone.page, 'held-phone');
      await shot(host.page, 'held-host');
    });
    await step('invisible', async () => {
      const driver = await story.drive();
      const you = await story.join(LAPTOP);
      const token = await (await fetch(`${story.server.url}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: story.made.joinCode, displayName: 'Mallory' }) })).json() as any;
      const socket = io(story.server.url, { path: '/socket', auth: { sessionId: story.made.sessionId, token: token.token }, forceNew: true });
      const view: any = await new Promise((done) => socket.on('snapshot', (s: any) => done(s.view)));
      const ack = await socket.timeout(10000).emitWithAck('command', { id: 'look-0001', type: 'suggestion.add', text: 'A safe looking patch', patch: { base: view.revision.number ?? view.revision, hunks: [{ file: 'src/train.ts', startLine: 1, deleteLines: 0, insert: ['const access\u202e = "user\u2066 // admin\u2069";\u200b', 'const \u0430dmin = 1;'] }] } });
      console.log(JSON.stringify(ack), JSON.stringify(view.revision));
      await driver.page.waitForTimeout(4000);
      await shot(driver.page, 'invisible-drive');
      console.log(await driver.page.getByRole('button').allTextContents());
      const card = driver.page.getByRole('article').filter({ hasText: 'A safe looking patch' });
      console.log(await card.getByRole('button').allTextContents());
      for (const name of [/diff/i, /review/i, /lines/i, /change/i]) {
        const open = card.getByRole('button', { name }).first();
        if (await open.count()) { await open.click(); await driver.page.waitForTimeout(3500); await shot(driver.page, 'invisible-diff'); await driver.page.keyboard.press('Escape'); break; }
      }
      await you.page.waitForTimeout(800);
      await shot(you.page, 'invisible-laptop');
      socket.close();
    });
    await step('locked', async () => {
      await host.page.getByRole('button', { name: /^Joining/ }).first().click();
      await host.page.waitForTimeout(800);
      await host.page.getByText('Close to newcomers').click();
      await host.page.waitForTimeout(1200);
      await shot(host.page, 'joining-drawer');
      const late = await openWindow(story.browser, { viewport: PHONE, touch: true });
      await late.page.goto(`${story.server.url}/j/${story.made.joinCode}`);
      await late.page.waitForTimeout(2500);
      await shot(late.page, 'locked');
      const lap = await openWindow(story.browser, { viewport: LAPTOP });
      await lap.page.goto(`${story.server.url}/s/${story.made.sessionId}`);
      await lap.page.waitForTimeout(2500);
      await shot(lap.page, 'locked-session');
    });
    await step('full', async () => {
      const { CREATE_KEY } = await import('../support/story-server.ts');
      const r = await fetch(`${story.server.url}/api/sessions`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${CREATE_KEY}` }, body: JSON.stringify({ title: 'Small room', maxParticipants: 2 }) });
      const made: any = await r.json(); console.log(r.status, JSON.stringify(made).slice(0, 300));
      for (const n of ['Ann', 'Bob', 'Cid']) console.log((await fetch(`${story.server.url}/api/join`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: made.joinCode, displayName: n }) })).status);
      const late = await openWindow(story.browser, { viewport: PHONE, touch: true });
      await late.page.goto(`${story.server.url}/j/${made.joinCode}`);
      await late.page.waitForTimeout(2500);
      await shot(late.page, 'full');
      await late.page.getByRole('button', { name: /Join/ }).first().click().catch(() => {});
      await late.page.waitForTimeout(1500);
      await shot(late.page, 'full-after');
    });
  });
});
