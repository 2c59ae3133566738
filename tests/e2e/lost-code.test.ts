// A network that fails while a part of a page loads its code: the part says so, and the page stays. And one that lets
// WebSockets open and passes nothing on, or a browser that makes none.
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { PHONE, withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story, suggest } from './story.ts';

const live = (page: Page) => page.locator('header [data-status="live"]').waitFor({ timeout: 60_000 });

/** The page is opened again, and of its scripts only those arrive that its HTML names. */
async function openWithoutLateCode(page: Page): Promise<void> {
  const html = await (await page.request.get(page.url())).text();
  await page.route('**/_next/static/chunks/*.js', (route) => {
    const { pathname } = new URL(route.request().url());
    return html.includes(pathname) ? route.continue() : route.abort();
  });
  await page.reload();
}

/** In the page, before its scripts. */
const remove = () => Reflect.deleteProperty(globalThis, 'WebSocket');
const refuse = () => {
  globalThis.WebSocket = class {
    constructor() {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    }
  } as unknown as typeof WebSocket;
};

describe.skipIf(withoutBrowser())('WebSockets', () => {
  it.each<[what: string, (page: Page) => Promise<unknown>]>([
    // Nobody answers behind them.
    ['open and stay silent', (page) => page.routeWebSocket(/./, () => undefined)],
    ['are not in the browser', (page) => page.addInitScript(remove)],
    ['are refused by the browser', (page) => page.addInitScript(refuse)],
  ])('that %s are done without: the page is live, shows the code, and sends', async (_what, without) => {
    const story = await openStory('Silent', { failsRequests: true });
    const { page } = await story.visitor(PHONE);
    await without(page);
    await page.goto(`${story.server.url}/j/${story.made.joinCode}`);
    await page.getByRole('button', { name: 'Join the session' }).click();
    await live(page);
    await openTab(page, 'Code');
    await page.getByText('This network blocks live editing').first().waitFor({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'params.yaml' }).waitFor();
    await suggest(page, 'Try a forest over a network without sockets');
    await openTab(page, 'Suggestions');
    await page.getByRole('article').getByText('Try a forest over a network without sockets').waitFor();
    await story.close();
  });
});

describe.skipIf(withoutBrowser())('code that does not arrive', () => {
  let story: Story;
  afterEach(async () => {
    await story.close();
  });

  it('a tab says that it could not be loaded, the other tabs stay, and it loads at a press', async () => {
    story = await openStory('Lost code', { failsRequests: true });
    const { page } = await story.join();
    const chunks = '**/_next/static/**';
    await page.route(chunks, (route) => route.abort());
    await openTab(page, 'Results');
    const note = page.getByText('This part of the page could not be loaded.');
    await note.waitFor();
    await openTab(page, 'Suggestions');
    await note.waitFor({ state: 'detached' });
    await openTab(page, 'Results');
    await note.waitFor();
    await page.unroute(chunks);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Charts' }).waitFor();
  });

  it('a page whose network fails before it can connect is read, says so, keeps a tap, and goes on at a press', async () => {
    story = await openStory('Lost connection', { failsRequests: true });
    const { page } = await story.join();
    await live(page);
    // Neither the code nor the server is reached.
    await page.route('**/healthz', (route) => route.abort());
    await openWithoutLateCode(page);
    await page.getByText('Reconnecting. Your draft is safe.').waitFor({ timeout: 30_000 });
    await page.getByRole('region', { name: 'cv.rmse' }).first().waitFor();
    await page
      .getByRole('button', { name: /^Turn on/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Sending …' }).waitFor();
    await page.unrouteAll();
    // It is shown for six seconds, which may be over before a busy machine finds the page live.
    const sent = page.getByText(/^Suggested: /).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Try now' }).click();
    await Promise.all([sent, live(page)]);
  });

  it('a page whose code is gone from the server, as after an update, asks to be loaded again', async () => {
    story = await openStory('Old code', { failsRequests: true });
    const { page } = await story.join();
    await live(page);
    await openWithoutLateCode(page);
    await page.getByText('The server has a new version: reload this page.').waitFor({ timeout: 30_000 });
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Reload' }).click();
    await live(page);
    expect(await page.getByText('The server has a new version').count()).toBe(0);
  });
});
