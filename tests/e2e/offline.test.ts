// The driver types while the connection drops: every key stays in the editor and arrives afterwards, and none of them
// becomes a command of the page.
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { tapPatch } from '../simulation/param-patch.ts';
import { facilitate, joinAs, type Person } from '../simulation/participant.ts';
import { withoutBrowser } from '../support/browser.ts';
import { freePort } from '../support/server-process.ts';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
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

describe.skipIf(withoutBrowser())('the driver types while the connection drops', () => {
  let story: Story;
  let proxy: TcpProxy;
  const people: Person[] = [];
  afterEach(async () => {
    for (const person of people.splice(0)) person.close();
    await story.close();
    await proxy.close();
  });

  /** A driver behind the proxy with the caret in README.md, and an open suggestion that the key "a" would apply. */
  async function drive(): Promise<Page> {
    const port = await freePort();
    proxy = await openTcpProxy(port);
    story = await openStory('Dropped', { proxy: { url: proxy.url, port } });
    const host = await story.host();
    const author = await joinAs(story.server.url, story.made.joinCode, 'Brisk Heron');
    people.push(author);
    const patch = await tapPatch(story.server.url, author, { key: 'columns.failures', value: 'true', text: 'x' });
    if (!patch) throw new Error('params.yaml holds this value already');
    const added = await author.send({ type: 'suggestion.add', text: 'Use columns.failures', patch });
    if (!added.ok) throw new Error(added.rejection.message);
    const page = await story.beside(host, '/drive', proxy.url);
    await page.getByRole('button', { name: 'Start driving' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('article').getByText('Use columns.failures').waitFor();
    await page.getByRole('tab', { name: 'README.md', exact: true }).click();
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    return page;
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
  ];
  it.each(cuts)('%s: all 54 keys arrive, the editor keeps the focus, nothing is applied', async (_, cut) => {
    const page = await drive();
    const seen = await watchEditor(page);
    const typing = page.keyboard.type(TYPED, { delay: 60 });
    await pause(500);
    await cut();
    await typing;
    await expect.poll(() => fileNow(story, 'README.md').then((text) => text.split('\n')[0])).toContain(TYPED);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.type('!');
    await expect.poll(() => fileNow(story, 'README.md').then((text) => text.split('\n')[0])).toContain(`${TYPED}!`);
    const { lost } = await seen();
    expect(lost).toBe(0);
    expect(await fileNow(story, 'params.yaml')).toContain('failures: false');
    const lead = await facilitate(story.server.url, story.made.sessionId, story.made.hostUrl.split('#')[1] ?? '');
    people.push(lead);
    expect(Object.values(lead.view().suggestions).map(({ status }) => status)).toEqual(['open']);
    // The history of the editor goes back to before the cut.
    for (let steps = 0; steps < 80; steps++) await page.keyboard.press('Control+z');
    await expect.poll(() => fileNow(story, 'README.md').then((text) => text.split('\n')[0])).not.toContain('abc');
  });
});
