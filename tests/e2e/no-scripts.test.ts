// A tap before the page's scripts are there, or without them: joining, the code field and creating a session are forms.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, withoutBrowser } from '../support/browser.ts';
import { CREATE_KEY } from '../support/story-server.ts';
import { openStory, type Story, scoreOn } from './story.ts';

describe.skipIf(withoutBrowser())('a browser without scripts', () => {
  let story: Story;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    story = await openStory('No scripts');
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await story.close();
  });
  async function open(path: string): Promise<Page> {
    const context = await story.browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(story.server.url + path);
    return page;
  }
  const joinedAs = async (page: Page): Promise<string> => {
    const answer = await page.request.get(`${story.server.url}/api/sessions/${story.made.sessionId}/me`);
    return ((await answer.json()) as { displayName: string }).displayName;
  };

  it('types a wrong code, then the right one, and joins under the proposed name', async () => {
    const page = await open('/');
    await page.getByLabel('Session code').fill('B7K');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('A code has six letters and digits').waitFor();
    expect(await page.getByLabel('Session code').inputValue()).toBe('B7K');
    await page.getByLabel('Session code').fill('BBBBBB');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('No open session has this code').waitFor();
    expect(await page.getByLabel('Display name').count()).toBe(0);
    await page.getByLabel('Session code').fill(story.made.joinCode.toLowerCase());
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { name: 'No scripts' }).waitFor();
    await page.getByText('Nobody has joined yet').waitFor();
    const name = await page.getByLabel('Display name').inputValue();
    expect(name).not.toBe('');
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.waitForURL(`**/s/${story.made.sessionId}`);
    expect(await joinedAs(page)).toBe(name);
    // The session is in the page itself: its task, its score once there is one, the tabs and the values to change.
    await page.getByRole('navigation', { name: 'Session views' }).waitFor();
    await expect
      .poll(async () => {
        await page.reload();
        return scoreOn(page);
      })
      .toBeGreaterThan(0);
    await page.getByText('which of the two schools').waitFor();

    await page.goto(`${story.server.url}/j/${story.made.joinCode}`);
    await page.waitForURL(`**/s/${story.made.sessionId}`);
  });

  it('keeps a refused name, with the reason', async () => {
    const page = await open(`/j/${story.made.joinCode}`);
    const name = '"Ana & Bö" of the second row';
    await page.getByLabel('Display name').fill(name);
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.getByText('A display name has').waitFor();
    expect(await page.getByLabel('Display name').inputValue()).toBe(name);
    await page.getByLabel('Display name').fill('Ben');
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.waitForURL(`**/s/${story.made.sessionId}`);
    expect(await joinedAs(page)).toBe('Ben');
  });

  it('makes nobody and nothing where the browser keeps no cookies, and says what to do', async () => {
    const { url } = story.server;
    const context = await story.browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`${url}/j/${story.made.joinCode}`);
    await page.getByLabel('Display name').fill('Ghost');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.getByText('This browser keeps no cookies').waitFor();
    expect(await page.getByLabel('Display name').inputValue()).toBe('Ghost');
    // Allowed meanwhile: the same page goes on, under a name that nobody has.
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.waitForURL(`**/s/${story.made.sessionId}`);
    expect(await joinedAs(page)).toBe('Ghost');

    await page.goto(`${url}/new`);
    await page.getByLabel('Title').fill('Nobody runs it');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Start the session' }).click();
    await page.getByText('This browser keeps no cookies').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Nobody runs it');
  });

  it('creates a session', async () => {
    const page = await open('/new');
    await page.getByLabel('Title').fill('Ours');
    await page.getByLabel('Approve suggestions first').check();
    await page.getByRole('button', { name: 'Start the session' }).click();
    await page.getByText('Sessions are created in a browser on the machine of the server').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Ours');
    await page.getByLabel('Key for new sessions').fill(CREATE_KEY);
    await page.getByRole('button', { name: 'Start the session' }).click();
    await page.waitForURL(/\/s\/\w+\/host\?created$/);
    const id = /\/s\/(\w+)\//.exec(page.url())?.[1];
    const answer = await page.request.get(`${story.server.url}/api/sessions/${id}`);
    expect(await answer.json()).toMatchObject({ title: 'Ours', status: 'open' });
    const me = await page.request.get(`${story.server.url}/api/sessions/${id}/me`);
    expect(await me.json()).toMatchObject({ facilitator: true });
  });
});

describe.skipIf(withoutBrowser())('a browser whose scripts come late', () => {
  it('does what was tapped before they came, and only the last of it', async () => {
    const story = await openStory('Late scripts');
    const { page } = await story.join();
    const tabs = page.getByRole('navigation', { name: 'Session views' });
    const open = async () => {
      let release = () => {};
      const held = new Promise<void>((done) => {
        release = done;
      });
      await page.route('**/_next/static/**/*.js', async (route) => {
        await held;
        await route.continue();
      });
      await page.reload({ waitUntil: 'commit' });
      return async () => {
        release();
        await page.unrouteAll({ behavior: 'wait' });
      };
    };
    const late = await open();
    await tabs.getByRole('button', { name: 'Data', exact: true }).tap({ noWaitAfter: true });
    await tabs.getByRole('button', { name: 'Results', exact: true }).tap({ noWaitAfter: true });
    expect(await tabs.locator('[aria-current]').textContent()).toBe('Now');
    await late();
    await expect.poll(() => tabs.locator('[aria-current]').textContent()).toBe('Results');
    await page.locator('header [data-status="live"]').waitFor();
    // From then on a tap is the button's own.
    await tabs.getByRole('button', { name: 'Suggestions', exact: true }).tap();
    expect(await tabs.locator('[aria-current]').textContent()).toBe('Suggestions');
    // What is sent to the server, too.
    const again = await open();
    await page.getByRole('button', { name: 'Raise hand' }).tap({ noWaitAfter: true });
    await again();
    await page.getByRole('button', { name: 'Hand up, no. 1' }).waitFor();
    await story.close();
  });
});
