// The fixture of the browser tests: a real server, real Chromium windows, and actions by the labels that people see.
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, inject } from 'vitest';
import { LAPTOP, launchBrowser, listen, openWindow, PHONE, PROJECTOR, type Window } from '../support/browser.ts';
import { type StoryProcess, startStoryProcess } from '../support/story-process.ts';
import { CREATE_KEY, storySettings } from '../support/story-server.ts';

export interface Made {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly hostUrl: string;
  readonly joinUrl: string;
  readonly projectorUrl: string;
}

export interface Story {
  readonly server: { readonly url: string; readonly port: number };
  readonly browser: Browser;
  readonly made: Made;
  /** Opens the facilitator's link on a laptop and waits for the first score. */
  host(): Promise<Window>;
  /** The driver's page of the facilitator on a laptop, who drives already. */
  drive(origin?: string): Promise<Window>;
  /** Another page of the same person: same cookies, new tab. */
  beside(window: Window, path: string, origin?: string): Promise<Page>;
  join(viewport?: { width: number; height: number }, origin?: string): Promise<Window>;
  projector(): Promise<Window>;
  /** A page of somebody who has not joined. */
  visit(path: string): Promise<Page>;
  /** The browser of somebody new, with an empty page. */
  visitor(viewport: { width: number; height: number }): Promise<Window>;
  /** kill -9, and a new process on the same port and data. Only behind a proxy: the others share their server. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Also what the editor still loads behind the page when the connection is cut. */
const NETWORK = /net::ERR_|WebSocket connection to|ChunkLoadError|failed to load|^(Error)?Event$/;

interface Options {
  readonly approveFirst?: boolean;
  /** Id of a course that the server ships; default: the first. */
  readonly course?: string;
  /**
   * In front of `port`, where the story gets a server of its own: it breaks connections itself, so the browser's lines
   * about them are no fault.
   */
  readonly proxy?: { readonly url: string; readonly port: number };
  /** Of them those that add to X-Forwarded-For. */
  readonly proxies?: number;
  /** The story lets requests fail in the browser. */
  readonly failsRequests?: boolean;
}

/** One browser a file: people are apart by their contexts. */
let launched: Promise<Browser> | null = null;
afterAll(async () => (await launched)?.close());

export async function openStory(
  title: string,
  { proxy, proxies = 0, failsRequests = proxy !== undefined, ...options }: Options = {},
): Promise<Story> {
  const port = proxy?.port ?? inject('storyPort');
  const env = storySettings(proxy?.url ?? `http://crowd.test:${port}`);
  const own: StoryProcess | null = proxy ? await startStoryProcess({ port, env, proxies }) : null;
  const server = { url: `http://127.0.0.1:${port}`, port };
  launched ??= launchBrowser();
  const browser = await launched;
  const response = await fetch(`${server.url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${CREATE_KEY}` },
    body: JSON.stringify({ title, reusableLink: true, ...options }),
  });
  if (response.status !== 201) throw new Error(`creating answered ${response.status}: ${await response.text()}`);
  const made = (await response.json()) as Made;
  const here = (address: string) => address.replace(/^https?:\/\/[^/]+/, server.url);
  const windows: Window[] = [];
  const keep = (window: Window) => {
    windows.push(window);
    return window;
  };
  return {
    server,
    browser,
    made,
    host: async () => {
      const window = keep(await openWindow(browser, { viewport: LAPTOP }));
      await window.page.goto(here(made.hostUrl));
      // "best so far", or, where the newest run is not the best or does not count, "best 2.717 (run #1)".
      await window.page
        .getByText(/^best /)
        .first()
        .waitFor({ timeout: 30_000 });
      return window;
    },
    drive: async (origin = server.url) => {
      const window = keep(await openWindow(browser, { viewport: LAPTOP }));
      const secret = new URL(made.hostUrl).hash.slice(1);
      const entered = await window.page.request.post(`${origin}/api/sessions/${made.sessionId}/facilitator`, {
        data: { secret },
        headers: { origin: new URL(origin).origin },
      });
      expect(entered.status()).toBe(200);
      await window.page.goto(`${origin}/s/${made.sessionId}/drive`);
      await window.page.getByRole('button', { name: 'Start driving' }).click();
      await window.page.getByText('Saved', { exact: true }).waitFor();
      await window.page.locator('.monaco-editor .view-lines').first().waitFor();
      return window;
    },
    beside: async (window, path, origin = new URL(window.page.url()).origin) => {
      const page = await window.context.newPage();
      const heard = listen(page);
      keep({ ...window, page, ...heard });
      await page.goto(`${origin}/s/${made.sessionId}${path}`);
      return page;
    },
    join: async (viewport = PHONE, origin = server.url) => {
      const window = keep(await openWindow(browser, { viewport, touch: viewport.width < 500 }));
      await window.page.goto(`${origin}/j/${made.joinCode}`);
      await expect.poll(() => window.page.getByLabel('Display name').inputValue()).not.toBe('');
      await window.page.getByRole('button', { name: 'Join the session' }).click();
      await window.page.getByRole('button', { name: 'Suggest' }).first().waitFor();
      return window;
    },
    projector: async () => {
      const window = keep(await openWindow(browser, { viewport: PROJECTOR }));
      await window.page.goto(here(made.projectorUrl));
      await window.page.getByText(made.joinCode.slice(0, 3)).first().waitFor();
      return window;
    },
    visitor: async (viewport) => keep(await openWindow(browser, { viewport, touch: viewport.width < 500 })),
    visit: async (path) => {
      const { page } = keep(await openWindow(browser, { viewport: LAPTOP }));
      await page.goto(`${server.url}/s/${made.sessionId}${path}`);
      return page;
    },
    restart: async () => {
      if (!own) throw new Error('this story shares its server: give it a proxy');
      await own.restart(made.sessionId);
    },
    close: async () => {
      for (const { faults, foreignRequests } of windows) {
        expect(foreignRequests, 'requests to foreignRequests').toEqual([]);
        const unexpected = failsRequests ? faults.filter((fault) => !NETWORK.test(fault)) : faults;
        expect(unexpected, 'errors in the console').toEqual([]);
      }
      for (const { context } of windows) await context.close();
      await own?.remove();
    },
  };
}

/** The number on the metric tile of a page. */
export async function scoreOn(page: Page, metric = 'cv.rmse'): Promise<number> {
  const tile = page.getByRole('region', { name: metric }).first();
  // biome-ignore lint/performance/useDomNodeTextContent: as a person reads it, without hidden words
  const text = await tile.innerText();
  return Number(/\d+\.\d+/.exec(text)?.[0]);
}

/** Types `text` into the editor at the end of line `line`, as the driver does. */
export async function typeAt(page: Page, line: number, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('Control+Home');
  for (let i = 1; i < line; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type(text, { delay: 15 });
}

/** Suggests `text` from a participant's page. */
export async function suggest(page: Page, text: string): Promise<void> {
  await page.locator('footer').getByRole('button', { name: 'Suggest', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your suggestion, in a sentence or two').fill(text);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

export const openTab = (page: Page, name: 'Now' | 'Suggestions' | 'Data' | 'Code' | 'Results') =>
  page.getByRole('navigation', { name: 'Session views' }).getByRole('button', { name, exact: true }).click();
