// `npm run screenshots`: every surface at three sizes, the projector view at a fourth, in light and dark, in a session with simulated participants. Fails
// on horizontal overflow, on text under 12 px, on a console error and on a request to another origin.
// Usage: node tests/screenshots/take.ts [--out folder] [--readme]   (--readme renews the ones in docs/pictures;
// ONLY=host,projector in the environment takes those whose name starts with one of these)
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { de } from '#app/_strings/de/index.ts';
import { fr } from '#app/_strings/fr/index.ts';
import { SCENES, type Scene } from '#session-core/model/types.ts';
import { LAPTOP, launchBrowser, openWindow, PHONE, PROJECTOR, UHD, withoutBrowser } from '../support/browser.ts';
import { startServer } from '../support/server-process.ts';
import { lookForFaults } from './look.ts';
import { createPictureSession, type PictureSession } from './session.ts';

const ROOT = join(import.meta.dirname, '../..');
const LEAST_PX = 12;
const README = ['projector-1920.png', 'participant-360.png', 'drive-1440.png', 'host-1440.png'];

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly dark?: boolean;
  /** Default: English. */
  readonly language?: 'de' | 'fr';
  /** Whose cookie the window holds. */
  readonly as?: 'facilitator' | 'person';
  readonly before?: (page: Page) => Promise<void>;
}

if (withoutBrowser()) process.exit(0);
const flag = process.argv.indexOf('--out');
const out = flag > 0 ? (process.argv[flag + 1] ?? '') : join(ROOT, 'pictures');
await mkdir(out, { recursive: true });
const faults: string[] = [];
const server = await startServer();
const browser = await launchBrowser();
try {
  const session = await createPictureSession(server.url);
  const only = process.env['ONLY']?.split(',');
  for (const shot of shotsOf(session)) {
    // Answers about the pace expire within a minute.
    for (const [i, value] of (['fine', 'fine', 'lost', 'fine', 'fast'] as const).entries())
      await session.people[i]?.send({ type: 'pulse.set', value });
    // The screenshot of the driver's page moved the driver role to its window, which is closed again.
    if (session.facilitator.view().driver === null) await session.facilitator.send({ type: 'driver.take' });
    if (only === undefined || only.some((prefix) => shot.name.startsWith(prefix))) await take(browser, session, shot);
  }
  session.close();
} catch (error) {
  console.error(server.output());
  throw error;
} finally {
  await browser.close();
  await server.remove();
}
if (process.argv.includes('--readme')) {
  await mkdir(join(ROOT, 'docs/pictures'), { recursive: true });
  for (const name of README) await copyFile(join(out, name), join(ROOT, 'docs/pictures', name));
}
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? `Pictures are in ${out}; no fault found.` : `${faults.length} faults.`);
process.exit(faults.length === 0 ? 0 : 1);

function shotsOf({ sessionId, joinCode }: PictureSession): Shot[] {
  const all = [PHONE, LAPTOP, PROJECTOR];
  const here = `/s/${sessionId}`;
  const tab = (name: string) => async (page: Page) => page.getByRole('button', { name, exact: true }).click();
  const compose = (page: Page) => page.locator('footer').getByRole('button', { name: 'Suggest', exact: true }).click();
  const scene = (name: Scene) => async (page: Page) => {
    await page.waitForSelector('main[data-scene]');
    await page.keyboard.press(String(SCENES.indexOf(name) + 1));
  };
  // A column with a long tail, and one of its bins.
  const column = async (page: Page) => {
    await tab('Data')(page);
    await page.getByRole('button', { name: /^Absences/ }).click();
    await page.locator('figure svg').first().waitFor();
    await page.getByRole('application').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('group').first().waitFor();
  };
  const hostData = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Data' }).click();
  const dataScene = async (page: Page) => {
    await scene('data')(page);
    for (let press = 0; press < 4; press++) {
      await page.locator('figure svg').first().waitFor();
      await page.keyboard.press('ArrowRight');
    }
  };
  // Long words are what breaks a phone's layout.
  const inLanguages = (
    [
      ['de', de],
      ['fr', fr],
    ] as const
  ).flatMap(([language, t]): Shot[] => [
    { name: `home-${language}`, path: '/', sizes: [PHONE], language },
    { name: `new-${language}`, path: '/new', sizes: [PHONE], language },
    { name: `join-${language}`, path: `/j/${joinCode}`, sizes: [PHONE], language },
    { name: `host-${language}`, path: `${here}/host`, sizes: [PHONE, LAPTOP], as: 'facilitator', language },
    ...(['now', 'suggestions', 'data', 'code', 'results'] as const).map(
      (name): Shot => ({
        name: `participant-${name}-${language}`,
        path: here,
        sizes: [PHONE],
        as: 'person',
        before: tab(t.tabs[name]),
        language,
      }),
    ),
  ]);
  return [
    ...inLanguages,
    { name: 'home', path: '/', sizes: all },
    { name: 'home-dark', path: '/', sizes: [PHONE], dark: true },
    { name: 'new', path: '/new', sizes: all },
    { name: 'join', path: `/j/${joinCode}`, sizes: all },
    { name: 'participant', path: here, sizes: all, as: 'person' },
    { name: 'participant-dark', path: here, sizes: [PHONE, LAPTOP], as: 'person', dark: true },
    { name: 'participant-suggestions', path: here, sizes: [PHONE], as: 'person', before: tab('Suggestions') },
    { name: 'participant-code', path: here, sizes: [PHONE, LAPTOP], as: 'person', before: tab('Code') },
    { name: 'participant-data', path: here, sizes: all, as: 'person', before: tab('Data') },
    { name: 'participant-data-column', path: here, sizes: all, as: 'person', before: column },
    { name: 'participant-data-dark', path: here, sizes: [PHONE], as: 'person', dark: true, before: column },
    { name: 'participant-results', path: here, sizes: all, as: 'person', before: tab('Results') },
    { name: 'participant-suggest', path: here, sizes: [PHONE], as: 'person', before: compose },
    { name: 'drive', path: `${here}/drive`, sizes: all, as: 'facilitator', before: editorShown },
    { name: 'drive-dark', path: `${here}/drive`, sizes: [LAPTOP], as: 'facilitator', dark: true, before: editorShown },
    { name: 'host', path: `${here}/host`, sizes: all, as: 'facilitator' },
    { name: 'host-dark', path: `${here}/host`, sizes: [LAPTOP], as: 'facilitator', dark: true },
    { name: 'host-data', path: `${here}/host`, sizes: [LAPTOP], as: 'facilitator', before: hostData },
    { name: 'replay', path: `${here}/replay`, sizes: [PHONE, LAPTOP], as: 'person' },
    { name: 'summary', path: `${here}/summary`, sizes: [PHONE, LAPTOP], as: 'person' },
    { name: 'remote', path: `${here}/remote`, sizes: [PHONE], as: 'facilitator' },
    { name: 'projector-join', path: `${here}/projector`, sizes: [...all, UHD], before: scene('join') },
    { name: 'projector-data', path: `${here}/projector`, sizes: [...all, UHD], before: dataScene },
    { name: 'projector', path: `${here}/projector`, sizes: [...all, UHD], before: scene('code') },
    {
      name: 'projector-pipeline',
      path: `${here}/projector`,
      sizes: [LAPTOP, PROJECTOR, UHD],
      before: scene('pipeline'),
    },
    { name: 'projector-results', path: `${here}/projector`, sizes: [LAPTOP, PROJECTOR, UHD], before: scene('results') },
    { name: 'projector-compare', path: `${here}/projector`, sizes: [...all, UHD], before: scene('compare') },
    { name: 'compare', path: `${here}/compare/1/2`, sizes: [...all, UHD], as: 'person' },
    { name: 'compare-dark', path: `${here}/compare/1/2`, sizes: [LAPTOP], as: 'facilitator', dark: true },
    { name: 'compare-rows', path: `${here}/compare/1/2`, sizes: [PHONE, LAPTOP], as: 'person', before: rowsShown },
    { name: 'scratch', path: here, sizes: all, as: 'person', before: askedTable },
    { name: 'experiments', path: here, sizes: all, as: 'person', before: tableShown },
    { name: 'projector-queue', path: `${here}/projector`, sizes: [LAPTOP, PROJECTOR, UHD], before: scene('queue') },
  ];
}

async function tableShown(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Results', exact: true }).click();
  const table = page.getByRole('region', { name: 'Table of runs' }).first();
  await table.waitFor();
  await page.getByRole('checkbox', { name: 'Compare run #2' }).check();
  await table.evaluate((element) => element.scrollIntoView());
}

async function askedTable(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Results', exact: true }).click();
  const cell = page.getByRole('region', { name: 'Scratch cell' });
  const line = cell.getByRole('textbox', { name: 'Expression' });
  await line.fill("df.groupby(['school']).mean()");
  await cell.getByRole('button', { name: 'Evaluate' }).click();
  await cell.getByRole('table').waitFor();
  await line.fill('df.');
  await cell.evaluate((element) => element.scrollIntoView());
}

async function rowsShown(page: Page): Promise<void> {
  const rows = page.getByRole('region', { name: 'Error by group' });
  await rows.waitFor();
  await rows.evaluate((element) => element.scrollIntoView());
}

async function editorShown(page: Page): Promise<void> {
  // Phones get the live lines instead of Monaco.
  const narrow = (page.viewportSize()?.width ?? 0) < 700;
  await page.waitForSelector(narrow ? 'main pre' : '.monaco-editor .view-line', { timeout: 30_000 });
  // The simulated facilitator drives in a tab of its own, or has lost the driver role with the window of the last
  // screenshot: let this tab drive.
  if (!narrow) await page.getByRole('button', { name: /^(Drive in this tab|Start driving)$/ }).click();
}

async function take(from: Browser, session: PictureSession, shot: Shot): Promise<void> {
  for (const viewport of shot.sizes) {
    const touch = viewport.width < 500;
    const window = await openWindow(from, { viewport, dark: shot.dark ?? false, touch });
    const token = shot.as === 'facilitator' ? session.facilitator.token : session.people[0]?.token;
    if (shot.as && token) {
      await window.context.addCookies([
        { name: `cp_${session.sessionId}`, value: token, url: server.url, httpOnly: true },
      ]);
    }
    if (shot.language) await window.context.addCookies([{ name: 'language', value: shot.language, url: server.url }]);
    const file = `${shot.name}-${viewport.width}.png`;
    await window.page.goto(server.url + shot.path, { waitUntil: 'load' });
    await window.page.waitForSelector('main:not([aria-busy])');
    await shot.before?.(window.page);
    // Fonts, the first view and the charts come after the page itself.
    await window.page.waitForTimeout(1_200);
    const found = await window.page.evaluate(lookForFaults, { leastPx: LEAST_PX, width: viewport.width });
    for (const wide of found.wide) faults.push(`${file}: too wide: ${wide}`);
    for (const small of found.small) faults.push(`${file}: too small: ${small}`);
    for (const fault of window.faults) faults.push(`${file}: console: ${fault}`);
    for (const url of window.foreignRequests) faults.push(`${file}: request to another origin: ${url}`);
    await window.page.screenshot({ path: join(out, file) });
    await window.context.close();
  }
}
