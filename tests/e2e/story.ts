// The fixture of the browser tests: a real server, real Chromium windows, and actions by the labels that people see.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { LAPTOP, launchBrowser, listen, openWindow, PHONE, PROJECTOR, type Window } from '../support/browser.ts';
import { freePort, type ServerProcess, startServer } from '../support/server-process.ts';

export interface Made {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly hostUrl: string;
  readonly joinUrl: string;
  readonly projectorUrl: string;
}

/** Of the stories' servers: behind a PUBLIC_URL nobody counts as local. */
export const CREATE_KEY = 'create-token-of-the-stories';

export interface Story {
  readonly server: ServerProcess;
  readonly browser: Browser;
  readonly made: Made;
  /** Opens the facilitator's link on a laptop and waits for the first score. */
  host(): Promise<Window>;
  /** Another page of the same person: same cookies, new tab. */
  beside(window: Window, path: string, origin?: string): Promise<Page>;
  join(viewport?: { width: number; height: number }, origin?: string): Promise<Window>;
  projector(): Promise<Window>;
  /** kill -9, and a new process on the same port and data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Also what the editor still loads behind the page when the connection is cut. */
const NETWORK = /net::ERR_|WebSocket connection to|ChunkLoadError|failed to load|^(Error)?Event$/;

interface Options {
  readonly approveFirst?: boolean;
  /** In front of `port`: the story breaks connections itself, so the browser's lines about them are no fault. */
  readonly proxy?: { readonly url: string; readonly port: number };
  /** The story lets requests fail in the browser. */
  readonly failsRequests?: boolean;
}

export async function openStory(
  title: string,
  { proxy, failsRequests = proxy !== undefined, ...options }: Options = {},
): Promise<Story> {
  const port = proxy?.port ?? (await freePort());
  // Phones open a host name over plain http, which is not a secure context, as in a real workshop.
  const env = { PUBLIC_URL: proxy?.url ?? `http://crowd.test:${port}`, CREATE_TOKEN: CREATE_KEY };
  let server = await startServer({ port, env });
  const browser = await launchBrowser();
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
    get server() {
      return server;
    },
    browser,
    made,
    host: async () => {
      const window = keep(await openWindow(browser, { viewport: LAPTOP }));
      await window.page.goto(here(made.hostUrl));
      await window.page.getByText('best so far').first().waitFor({ timeout: 30_000 });
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
    restart: async () => {
      await server.kill();
      server = await startServer({ port, env, dataDir: server.dataDir });
    },
    close: async () => {
      for (const { faults, foreignRequests } of windows) {
        expect(foreignRequests, 'requests to foreignRequests').toEqual([]);
        const own = failsRequests ? faults.filter((fault) => !NETWORK.test(fault)) : faults;
        expect(own, 'errors in the console').toEqual([]);
      }
      await browser.close();
      await server.remove();
    },
  };
}

/** The number on the metric tile of a page. */
export async function scoreOn(page: Page): Promise<number> {
  const tile = page.getByRole('region', { name: 'cv.rmse' }).first();
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

export const openTab = (page: Page, name: 'Now' | 'Suggestions' | 'Code' | 'Results') =>
  page.getByRole('navigation', { name: 'Session views' }).getByRole('button', { name, exact: true }).click();
