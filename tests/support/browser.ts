// The system's Chromium for browser stories. Without one they skip with a plain line; under REQUIRE_BROWSER=1 that fails.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

// The headless shell first: the same engine without a browser's own windows, at two thirds of the processor time.
const PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const chromiumPath: string | null =
  [process.env['CHROMIUM_PATH'], ...PLACES].find((path) => path && existsSync(path)) ?? null;

/** True where stories must be skipped; says so, or throws where a browser is required. */
export function withoutBrowser(): boolean {
  if (chromiumPath) return false;
  const sentence = 'No Chromium found (set CHROMIUM_PATH): the browser stories are skipped.';
  if (process.env['REQUIRE_BROWSER'] === '1') throw new Error(sentence);
  console.log(sentence);
  return true;
}

/** `crowd.test` is mapped to this machine, so that a test can join over plain http, as phones in a workshop do. */
export async function launchBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('No Chromium found.');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--host-resolver-rules=MAP crowd.test 127.0.0.1',
    ],
  });
}

export const PHONE = { width: 360, height: 740 };
export const LAPTOP = { width: 1440, height: 900 };
export const PROJECTOR = { width: 1920, height: 1080 };
export const UHD = { width: 3840, height: 2160 };

export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors and console errors of the page, for the end of a story to look at. */
  readonly faults: readonly string[];
  /** Addresses asked of anybody but `origin`. */
  readonly foreignRequests: readonly string[];
}

/** A person's browser: a context of its own, so cookies are not shared. */
export async function openWindow(
  browser: Browser,
  options: { viewport: { width: number; height: number }; dark?: boolean; touch?: boolean },
): Promise<Window> {
  const { viewport, dark = false, touch = false } = options;
  const context = await browser.newContext({
    viewport,
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: touch,
    isMobile: touch,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  return { context, page, ...listen(page) };
}

export function listen(page: Page): { faults: string[]; foreignRequests: string[] } {
  const faults: string[] = [];
  const foreignRequests: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // The network that a story itself has cut.
    if (message.text().includes('ERR_INTERNET_DISCONNECTED')) return;
    if (message.type() === 'error') faults.push(`${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && !['127.0.0.1', 'localhost', 'crowd.test'].includes(hostname))
      foreignRequests.push(request.url());
  });
  return { faults, foreignRequests };
}
