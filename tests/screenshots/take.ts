// `npm run screenshots`: every surface, scene and state at six sizes, light and dark, and in three languages at 360 px, in a
// session with simulated participants. Fails on horizontal overflow, on text under 12 px (projector view: under 2 % of the
// height), on what axe-core finds, on a console error and on a request to another origin.
// Usage: npm run screenshots -- [--out folder] [--only host,projector] [--sizes 360,3840] [--acts running,ended] [--readme]
// `--only`: names that start with one of these; `--readme` renews the pictures in docs/pictures.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { de } from '#app/_strings/de/index.ts';
import { en } from '#app/_strings/en/index.ts';
import { fr } from '#app/_strings/fr/index.ts';
import {
  LAPTOP,
  launchBrowser,
  openWindow,
  PHONE,
  PROJECTOR,
  UHD,
  type Window,
  withoutBrowser,
} from '../support/browser.ts';
import { startServer } from '../support/server-process.ts';
import { violationsOn } from './axe.ts';
import { lookForFaults } from './look.ts';
import { createPictureSession, type PictureSession } from './session.ts';
import { actsOf, type Shot } from './shots.ts';

const ROOT = join(import.meta.dirname, '../..');
const LEAST_PX = 12;
/** Of the height, on the projector view. */
const LEAST_SHARE = 0.02;
const README = ['projector-1920.png', 'participant-360.png', 'drive-1440.png', 'host-1440.png'];
const TABLET = { width: 768, height: 1024 };
const SMALL_LAPTOP = { width: 1280, height: 720 };
/** One window for each: what is shown stays while its size changes. */
const WINDOWS = [[PHONE], [TABLET, SMALL_LAPTOP, LAPTOP, PROJECTOR, UHD]] as const;
/** Where axe-core looks: rules see no difference between sizes of the same layout. */
const AXE_WIDTHS: readonly number[] = [PHONE.width, LAPTOP.width];
/** What a page draws after a change of size or colour has come when nothing moved for so long. */
const STILL_MS = 350;
/** A page on which something always moves is photographed as it is. */
const LONGEST_MOVE_MS = 8_000;
const SHOWN_MS = 900;

const { values: wanted } = parseArgs({
  options: {
    out: { type: 'string', default: join(ROOT, 'pictures') },
    only: { type: 'string' },
    sizes: { type: 'string' },
    acts: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});
const only = wanted.only?.split(',');
const widths = wanted.sizes?.split(',').map(Number);
const acts = wanted.acts?.split(',');
const unknown = widths?.find((width) => !WINDOWS.flat().some((size) => size.width === width));
if (unknown !== undefined) {
  console.error(`--sizes takes widths, such as 360,3840; there is no size of ${wanted.sizes}.`);
  process.exit(1);
}
if (withoutBrowser()) process.exit(0);
await mkdir(wanted.out, { recursive: true });
const faults = new Set<string>();
/** Printed when it is found, since all pictures take a while. */
const found = (fault: string): void => {
  if (!faults.has(fault)) console.error(fault);
  faults.add(fault);
};
let taken = 0;
const server = await startServer();
const browser = await launchBrowser();
try {
  const session = await createPictureSession(server.url);
  for (const act of actsOf(session)) {
    if (acts !== undefined && !acts.includes(act.name)) continue;
    await act.prepare(session);
    for (const shot of act.shots) {
      if (only !== undefined && !only.some((prefix) => shot.name.startsWith(prefix))) continue;
      await session.refresh();
      await take(browser, session, shot);
    }
  }
  session.close();
} catch (error) {
  console.error(server.output());
  throw error;
} finally {
  await browser.close();
  await server.remove();
}
if (wanted.readme) {
  await mkdir(join(ROOT, 'docs/pictures'), { recursive: true });
  for (const name of README) await copyFile(join(wanted.out, name), join(ROOT, 'docs/pictures', name));
}
const end = faults.size === 0 ? 'no fault found' : `${faults.size} faults`;
console.log(`${taken} pictures are in ${wanted.out}; ${end}.`);
process.exit(faults.size === 0 ? 0 : 1);

async function take(from: Browser, session: PictureSession, shot: Shot): Promise<void> {
  for (const group of WINDOWS) {
    const sizes = group.filter(({ width }) => isWanted(shot, width));
    if (sizes.length === 0) continue;
    const touch = sizes[0] === PHONE;
    // Long words are what breaks a phone's layout. The projector view is in the language of the session.
    for (const t of touch && !shot.projector ? [en, de, fr] : [en])
      await takeIn(from, session, { shot, sizes, touch, t });
  }
}

function isWanted({ sizes }: Shot, width: number): boolean {
  if (widths !== undefined && !widths.includes(width)) return false;
  if (sizes === 'phone') return width === PHONE.width;
  if (sizes === 'laptop') return width >= SMALL_LAPTOP.width;
  return sizes === undefined || width >= TABLET.width;
}

async function takeIn(
  from: Browser,
  session: PictureSession,
  how: {
    readonly shot: Shot;
    readonly sizes: readonly (typeof PHONE)[];
    readonly touch: boolean;
    readonly t: typeof en | typeof de | typeof fr;
  },
): Promise<void> {
  const { shot, sizes, touch, t } = how;
  const window = await openWindow(from, { viewport: sizes[0]!, touch });
  const { context, page } = window;
  const token = shot.as === 'facilitator' ? session.facilitator.token : session.people[0]?.token;
  if (shot.as && token)
    await context.addCookies([{ name: `cp_${session.sessionId}`, value: token, url: server.url, httpOnly: true }]);
  await context.addCookies([{ name: 'language', value: t.lang, url: server.url }]);
  const name = t.lang === 'en' ? shot.name : `${shot.name}-${t.lang}`;
  try {
    await page.goto(server.url + shot.path, { waitUntil: 'load' });
    await page.waitForSelector('main:not([aria-busy])');
    await shot.before?.(page, t);
    // Fonts, the first view and the charts come after the page itself.
    await page.waitForTimeout(SHOWN_MS);
    for (const size of sizes) {
      await page.setViewportSize(size);
      // Other languages differ in their words only.
      for (const scheme of t.lang === 'en' ? (['first', 'other'] as const) : (['first'] as const)) {
        if (shot.projector && scheme === 'other') await page.keyboard.press('t');
        else if (!shot.projector) await page.emulateMedia({ colorScheme: scheme === 'first' ? 'light' : 'dark' });
        await still(page);
        const end = scheme === 'first' ? '' : shot.projector ? '-light' : '-dark';
        await look(window, shot, { file: `${name}-${size.width}${end}`, size });
      }
      if (shot.projector && t.lang === 'en') await page.keyboard.press('t');
    }
  } catch (error) {
    found(`${name}-${sizes[0]?.width}: not taken: ${String(error).slice(0, 400)}`);
    await page.screenshot({ path: join(wanted.out, `${name}-not-taken.png`) });
  }
  for (const fault of window.faults) if (!(shot.missing && fault.includes('404'))) found(`${name}: console: ${fault}`);
  for (const url of window.foreignRequests) found(`${name}: request to another origin: ${url}`);
  await context.close();
}

/** A busy machine draws late: a picture between two sizes would show faults that nobody sees. */
async function still(page: Page): Promise<void> {
  const places = () =>
    page.evaluate(() =>
      [...document.body.querySelectorAll('*')]
        .map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [x, y, width, height].map(Math.round).join();
        })
        .join(';'),
    );
  const until = performance.now() + LONGEST_MOVE_MS;
  let before = '';
  for (let now = await places(); now !== before && performance.now() < until; now = await places()) {
    before = now;
    await page.waitForTimeout(STILL_MS);
  }
}

async function look(
  { page }: Window,
  shot: Shot,
  what: { readonly file: string; readonly size: typeof PHONE },
): Promise<void> {
  const { file, size } = what;
  const leastPx = shot.projector ? LEAST_SHARE * size.height : LEAST_PX;
  const seen = await page.evaluate(lookForFaults, { leastPx, width: size.width });
  for (const wide of seen.wide) found(`${file}: too wide: ${wide}`);
  for (const small of seen.small) found(`${file}: too small: ${small}`);
  if (AXE_WIDTHS.includes(size.width)) for (const said of await violationsOn(page)) found(`${file}: axe: ${said}`);
  await page.screenshot({ path: join(wanted.out, `${file}.png`) });
  taken++;
}
