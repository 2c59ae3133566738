// The driver types while the connection drops: every key stays in the editor and arrives afterwards, and none of them
// becomes a command of the page.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { tapPatch } from '../simulation/param-patch.ts';
import { facilitate, joinAs, type Person } from '../simulation/participant.ts';
import { LAPTOP, launchBrowser, openWindow, withoutBrowser } from '../support/browser.ts';
import { createGatedStorage } from '../support/gated-storage.ts';
import { freePort } from '../support/server-process.ts';
import { needsOneProcess } from '../support/story-process.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { startTestServer } from '../support/test-server.ts';
import { openStory, type Story } from './story.ts';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** 54 keys; the letter "a" is the page's key for applying the top suggestion. */
const TYPED = ' abcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz';

async function fileNow(story: Story, path: string): Promise<string> {
  const response = await fetch(`${story.server.url}/api/sessions/${story.made.sessionId}/files`);
  const { files } = (await response.json()) as { files: Record<string, string> };
  return files[path] ?? '';
}

/** Counts in the page how often the focus left the editor, and notes every text of the status. */
async function watchEditor(page: Page): Promise<() => Promise<{ lost: number; statuses: string[] }>> {
  await page.evaluate(() => {
    const seen = { lost: 0, statuses: [] as string[] };
    Object.assign(globalThis, { seen });
    const inside = () => document.activeElement?.closest('.monaco-editor') !== null;
    const look = () => {
      if (!inside()) seen.lost += 1;
      const status = document.querySelector('[data-save-status]')?.textContent ?? '';
      if (seen.statuses.at(-1) !== status) seen.statuses.push(status);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    setInterval(look, 20);
  });
  return () => page.evaluate(() => (globalThis as unknown as { seen: { lost: number; statuses: string[] } }).seen);
}

/** One driver behind one proxy: each cut comes upon a page that has seen the ones before it, as in a hall with bad Wi-Fi. */
describe.skipIf(withoutBrowser())('the driver types while the connection drops', () => {
  let story: Story;
  let proxy: TcpProxy;
  let page: Page;
  let seen: Awaited<ReturnType<typeof watchEditor>>;
  const people: Person[] = [];

  /** A driver behind the proxy, and an open suggestion that the key "a" would apply. */
  beforeAll(async () => {
    const port = await freePort();
    proxy = await openTcpProxy(port);
    story = await openStory('Dropped', { proxy: { url: proxy.url, port } });
    const author = await joinAs(story.server.url, story.made.joinCode, 'Brisk Heron');
    people.push(author);
    const patch = await tapPatch(story.server.url, author, { key: 'columns.failures', value: 'true', text: 'x' });
    if (!patch) throw new Error('params.yaml holds this value already');
    const added = await author.send({ type: 'suggestion.add', text: 'Use columns.failures', patch });
    if (!added.ok) throw new Error(added.rejection.message);
    ({ page } = await story.drive(proxy.url));
    await page.getByRole('article').getByText('Use columns.failures').waitFor();
    await page.getByRole('tab', { name: 'README.md', exact: true }).click();
  });
  /** The caret at the end of the first line. */
  beforeEach(async () => {
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    seen = await watchEditor(page);
  });
  afterAll(async () => {
    for (const person of people) person.close();
    await story.close();
    await proxy.close();
  });

  const firstLine = () => fileNow(story, 'README.md').then((text) => text.split('\n')[0]);

  async function expectNothingApplied(): Promise<void> {
    expect(await fileNow(story, 'params.yaml')).toContain('failures: false');
    const lead = await facilitate(story.server.url, story.made.sessionId, story.made.hostUrl.split('#')[1] ?? '');
    people.push(lead);
    expect(Object.values(lead.view().suggestions).map(({ status }) => status)).toEqual(['open']);
  }

  const cuts: readonly (readonly [string, () => Promise<void>])[] = [
    ['kill -9 and a restart', () => story.restart()],
    [
      'one TCP reset of the text connection',
      async () => {
        expect(proxy.reset(' /doc/')).toBe(1);
      },
    ],
    [
      'a cut of three seconds',
      async () => {
        proxy.refuse(true);
        proxy.reset();
        await pause(3_000);
        proxy.refuse(false);
      },
    ],
    [
      'three seconds in which no byte passes',
      async () => {
        proxy.stall(true);
        await pause(3_000);
        proxy.stall(false);
      },
    ],
    [
      'three seconds without a network',
      async () => {
        await page.context().setOffline(true);
        await pause(3_000);
        await page.context().setOffline(false);
      },
    ],
  ];
  it.each(cuts)('%s: all 54 keys arrive, the editor keeps the focus, nothing is applied', async (_, cut) => {
    const typing = page.keyboard.type(TYPED, { delay: 60 });
    await pause(500);
    await cut();
    await typing;
    await expect.poll(firstLine).toContain(TYPED);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.type('!');
    await expect.poll(firstLine).toContain(`${TYPED}!`);
    expect((await seen()).lost).toBe(0);
    await expectNothingApplied();
    // The history of the editor goes back to before the cut.
    for (let steps = 0; steps < 80; steps++) await page.keyboard.press('Control+z');
    await expect.poll(firstLine).not.toContain('abc');
  });

  it('says how much is not saved, and neither a key nor a chord applies anything, then or later', async () => {
    const status = page.locator('[data-save-status]');
    proxy.refuse(true);
    proxy.reset();
    await page.getByText('Offline', { exact: true }).first().waitFor();
    const before = (await seen()).statuses.length;
    await page.keyboard.type(' forty-two characters are typed while offline');
    await expect.poll(() => status.textContent()).toBe('Offline: 45 characters not saved');
    expect((await seen()).statuses.slice(before - 1).filter((text) => !text.startsWith('Offline'))).toEqual([]);
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByText('Not applied: the connection was lost. Try again.').waitFor();
    expect((await seen()).lost).toBe(0);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('a');
    await page.getByText('Key “a” ignored: the connection is lost or slow.').waitFor();
    proxy.refuse(false);
    await expect.poll(() => status.textContent()).not.toContain('Offline');
    await expectNothingApplied();
  });

  it('offers the lines for copying, with the reason, where driving has ended meanwhile', async () => {
    proxy.refuse(true);
    proxy.reset();
    await page.keyboard.type(' and a line for which it was too late');
    await pause(12_000);
    proxy.refuse(false);
    const panel = page.getByRole('alert').filter({ hasText: 'These edits were not saved' });
    await panel.getByText(/your connection was lost for more than 10 seconds/).waitFor({ timeout: 30_000 });
    const offered = await panel.getByRole('textbox').inputValue();
    expect(offered).toMatch(/ and a line for which it was too late$/);
    expect(offered.split('\n')).toHaveLength(1);
    expect(await firstLine()).not.toContain('too late');
    await expect.poll(() => page.locator('[data-save-status]').textContent()).toBe('Read-only');
  });
});

const withoutDisk = needsOneProcess(
  'the full disk is that of a storage inside the test; tests/cluster plays Postgres away',
);
describe.skipIf(withoutDisk || withoutBrowser())('the disk of the server is full while the driver types', () => {
  it('says so instead of "Saved", keeps the connection, and saves everything once there is space again', async () => {
    const gate = createGatedStorage();
    const test = await startTestServer({}, { storage: gate.storage, next: true });
    await test.instance.startPages();
    const browser = await launchBrowser();
    const session = await test.create({ title: 'Full' });
    const { page, faults } = await openWindow(browser, { viewport: LAPTOP });
    await page.goto(`${test.url}/s/${session.sessionId}/host#${session.facilitatorSecret}`);
    await page.getByRole('heading', { name: 'Full' }).waitFor();
    await page.goto(`${test.url}/s/${session.sessionId}/drive`);
    await page.getByRole('button', { name: 'Start driving' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'README.md', exact: true }).click();
    await page.locator('.monaco-editor .view-lines').first().click();
    const seen = await watchEditor(page);
    gate.fail(new StorageUnavailable('full'));
    await page.keyboard.type(TYPED, { delay: 40 });
    const status = page.locator('[data-save-status]');
    await expect.poll(() => status.textContent()).toBe('The server cannot save: 54 characters not saved');
    const before = (await seen()).statuses.length;
    await pause(5_000);
    expect((await seen()).statuses.slice(before)).toEqual([]);
    gate.fail(null);
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await seen()).lost).toBe(0);
    const { files } = (await test.ask(`/api/sessions/${session.sessionId}/files`)).json;
    expect(files['README.md']).toContain(TYPED);
    expect(faults).toEqual([]);
    await browser.close();
    await test.close();
  });
});
