// A browser that keeps neither cookies nor storage: whoever has joined goes from page to page of the session, drives and
// comes back as the same person, and whoever creates a session runs it.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAPTOP, withoutBrowser } from '../support/browser.ts';
import { blockCookies, blockStorage, type CookieBlocker } from '../support/cookie-blocker.ts';
import { CREATE_KEY } from '../support/story-server.ts';
import { openStory, type Story } from './story.ts';

describe.skipIf(withoutBrowser())('a browser without cookies', () => {
  let story: Story;
  let blocker: CookieBlocker;
  beforeAll(async () => {
    story = await openStory('No cookies');
    blocker = await blockCookies(story.server.port);
  });
  const contexts: BrowserContext[] = [];
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await story.close();
    blocker.close();
  });
  async function open(path: string): Promise<Page> {
    // Not a window of the story: the answer to "did the cookie hold?" is a refusal, which browsers report.
    const context = await story.browser.newContext({ viewport: LAPTOP, reducedMotion: 'reduce' });
    contexts.push(context);
    await blockStorage(context);
    const page = await context.newPage();
    await page.goto(blocker.url + path);
    return page;
  }
  const nameOn = (page: Page) => page.getByRole('button', { name: /^You are / }).getAttribute('aria-label');
  const keptNothing = async (page: Page) => expect(await page.context().cookies()).toEqual([]);
  const newTab = async (page: Page, go: () => Promise<void>): Promise<Page> => {
    const [opened] = await Promise.all([page.context().waitForEvent('page'), go()]);
    return opened;
  };
  const type = async (page: Page, text: string) => {
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(text);
    await page.getByText('Saved', { exact: true }).waitFor();
  };

  it('creates a session, is shown the link to keep, drives in another tab and comes back', async () => {
    const page = await open('/new');
    await page.getByLabel('Title').fill('Mine without cookies');
    await page.getByRole('button', { name: 'Start the session' }).click();
    await page.getByLabel('Key for new sessions').fill(CREATE_KEY);
    await page.getByRole('button', { name: 'Start the session' }).click();
    const keep = page.getByRole('dialog', { name: 'Keep this link' });
    await keep.waitFor();
    expect(await keep.getByLabel('Facilitator link').inputValue()).toMatch(/\/s\/\w+\/host#[\w-]{22}$/);
    await keep.getByRole('button', { name: 'Done' }).click();
    await keptNothing(page);

    const drive = await newTab(page, () => page.getByRole('link', { name: 'Drive', exact: true }).click());
    await drive.getByRole('button', { name: 'Start driving' }).click();
    await type(drive, '\n# typed without cookies');
    await drive.getByRole('link', { name: 'Back to the session' }).click();
    // Not a link to keep for every page.
    await drive.getByRole('link', { name: 'Drive', exact: true }).waitFor();
    expect(await drive.getByRole('dialog').count()).toBe(0);
    // With a key of the keyboard too, as whoever wants another tab does.
    const again = await newTab(drive, () =>
      drive.getByRole('link', { name: 'Drive', exact: true }).click({ modifiers: ['ControlOrMeta'] }),
    );
    await again.getByRole('button', { name: 'Drive in this tab' }).waitFor();
    // All of it was one person.
    for (const each of [page, drive, again]) {
      expect(await nameOn(each)).toContain('Facilitator:');
      expect(await each.evaluate(() => [window.name, document.cookie, window.opener])).toEqual(['', '', null]);
    }
    await keptNothing(page);
  });

  it('accepts to drive and is back under the same name', async () => {
    const { page: host } = await story.drive();
    const page = await open(`/j/${story.made.joinCode}`);
    await expect.poll(() => page.getByLabel('Display name').inputValue()).not.toBe('');
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.getByText('This browser does not keep cookies').waitFor();
    const name = await nameOn(page);
    await host.getByRole('button', { name: 'Driver', exact: true }).click();
    const dialog = host.getByRole('dialog', { name: 'Driver' });
    await dialog.getByRole('combobox').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Offer driving', exact: true }).click();
    await page.getByRole('button', { name: 'Start driving' }).click();
    await page.waitForURL('**/drive');
    // The tab that accepted drives, without another button.
    await type(page, '\n# driven without cookies');
    const text = async () => (await fetch(`${story.server.url}/api/sessions/${story.made.sessionId}/files`)).text();
    await expect.poll(text).toContain('# driven without cookies');
    await page.getByRole('link', { name: 'Back to the session' }).click();
    await page.getByRole('button', { name: 'Suggest' }).first().waitFor();
    expect(await nameOn(page)).toBe(name);
    await keptNothing(page);
  });

  it('reloads, goes elsewhere and comes back as the same person, and leaves another site nothing to read', async () => {
    const page = await open(`/j/${story.made.joinCode}`);
    await expect.poll(() => page.getByLabel('Display name').inputValue()).not.toBe('');
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.getByText('This browser does not keep cookies').waitFor();
    const name = await nameOn(page);
    const stays = async () => {
      await page.getByRole('button', { name: /^You are / }).waitFor();
      expect(await nameOn(page)).toBe(name);
      await page.getByText('This browser does not keep cookies').waitFor();
      expect(await page.evaluate(() => window.name)).toBe('');
    };
    for (let i = 0; i < 2; i++) {
      await page.reload();
      await stays();
    }
    // Another site finds nothing in the window.
    await page.goto(`${story.server.url}/healthz`);
    expect(await page.evaluate(() => [window.name, history.state])).toEqual(['', null]);
    await page.goBack();
    await stays();
    await keptNothing(page);
  });

  it('believes no name that another page gave to the window', async () => {
    const { page } = await story.visitor(LAPTOP);
    await page.goto('about:blank');
    const opened = await newTab(page, () =>
      page.evaluate(
        ([address, name]) => void window.open(address, name),
        [`${story.server.url}/s/${story.made.sessionId}`, `crowd-programming ${story.made.sessionId} a-token-of-mine `],
      ),
    );
    await opened.getByRole('button', { name: 'Join the session' }).waitFor();
    expect(await opened.evaluate(() => window.name)).toBe('');
  });
});
