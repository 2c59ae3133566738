// Every screen of a session with hostile texts, looked at in a browser: no dialog of the browser, no script run, nothing
// asked of another host, no error in the console, nothing wider than its window, no sentence turned around.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SCENES } from '#session-core/model/types.ts';
import { lookForFaults } from '../screenshots/look.ts';
import { LAPTOP, openWindow, PHONE, PROJECTOR, type Window } from '../support/browser.ts';
import { lookForTurnedSentences } from './page-check.ts';
import type { HostileSession } from './session.ts';

export interface Walk {
  readonly url: string;
  readonly browser: Browser;
  readonly texts: () => readonly string[];
}

/** Looks at what the page shows now. */
export async function faultsOn(page: Page, where: string, texts: readonly string[]): Promise<string[]> {
  const width = page.viewportSize()?.width ?? 0;
  const { wide } = await page.evaluate(lookForFaults, { leastPx: 0, width });
  const turned = await page.evaluate(lookForTurnedSentences, texts);
  const ran = await page.evaluate(() => 'hostileRan' in globalThis);
  // What is longer than a field scrolls in it.
  const fields = wide.filter((fault) => !fault.startsWith('<input'));
  return [...fields, ...turned, ...(ran ? ['a script ran'] : [])].map((fault) => `${where}: ${fault}`);
}

type Step = readonly [where: string, go: (page: Page) => Promise<unknown>];

export async function walk(
  { url, browser, texts }: Walk,
  viewport: { readonly width: number; readonly height: number },
  { token, steps }: { readonly token: string | null; readonly steps: readonly Step[] },
  session?: Pick<HostileSession, 'sessionId'>,
): Promise<string[]> {
  const window: Window = await openWindow(browser, { viewport, touch: viewport.width < 500 });
  const faults: string[] = [];
  window.page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  if (token !== null && session) await beCalled(window.context, url, session.sessionId, token);
  for (const [where, go] of steps) {
    try {
      await go(window.page);
    } catch (error) {
      faults.push(`${where} ${viewport.width}: cannot be opened: ${String(error).slice(0, 300)}`);
      continue;
    }
    faults.push(...(await faultsOn(window.page, `${where} ${viewport.width}`, texts())));
  }
  faults.push(...window.faults.map((fault) => `console: ${fault}`));
  faults.push(...window.foreignRequests.map((request) => `asked elsewhere: ${request}`));
  await window.context.close();
  return faults;
}

const beCalled = (context: BrowserContext, url: string, sessionId: string, token: string) =>
  context.addCookies([{ name: `cp_${sessionId}`, value: token, url }]);

/** Until nothing more appears. A connection that polls keeps the network busy for good. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  let [before, same] = [-1, 0];
  for (let look = 0; look < 100 && same < 3; look++) {
    const now = await page.evaluate(() => document.querySelectorAll('*').length);
    same = now === before ? same + 1 : 0;
    before = now;
    await page.waitForTimeout(250);
  }
}

export const openAt =
  (address: string): Step[1] =>
  async (page) => {
    await page.goto(address);
    await settle(page);
  };

const TABS = ['Now', 'Suggestions', 'Data', 'Code', 'Results'] as const;
const DRAWERS = ['Activity', 'Settings', 'Data', 'Results'] as const;

export const participantSteps = (url: string, { sessionId }: Pick<HostileSession, 'sessionId'>): Step[] => [
  ['participant', openAt(`${url}/s/${sessionId}`)],
  ...TABS.map(
    (tab): Step => [
      `participant ${tab}`,
      async (page) => {
        const tabs = page.getByRole('navigation', { name: 'Session views' });
        await tabs.getByRole('button', { name: tab, exact: true }).click();
        await settle(page);
      },
    ],
  ),
];

const hostSteps = (url: string, { sessionId }: HostileSession): Step[] => [
  ['host', openAt(`${url}/s/${sessionId}/host`)],
  ...DRAWERS.map(
    (drawer): Step => [
      `host ${drawer}`,
      async (page) => {
        const button = page.getByRole('banner').getByRole('button', { name: drawer, exact: true });
        if ((await button.count()) === 0) return;
        await button.first().click();
        await settle(page);
      },
    ],
  ).flatMap((step): Step[] => [step, ['host', (page) => page.keyboard.press('Escape')]]),
];

export async function walkAll(target: Walk, session: HostileSession): Promise<string[]> {
  const { url } = target;
  const at = `${url}/s/${session.sessionId}`;
  const person = session.people[0]?.token ?? null;
  const host = session.facilitator.token;
  const scenes = SCENES.map(
    (scene, i): Step => [
      `projector ${scene}`,
      async (page) => {
        await page.keyboard.press(String(i + 1));
        await settle(page);
      },
    ],
  );
  return [
    ...(await walk(target, PHONE, { token: person, steps: participantSteps(url, session) }, session)),
    ...(await walk(target, PHONE, { token: host, steps: hostSteps(url, session) }, session)),
    ...(await walk(target, LAPTOP, { token: host, steps: hostSteps(url, session) }, session)),
    ...(await walk(target, LAPTOP, { token: host, steps: [['driver', openAt(`${at}/drive`)]] }, session)),
    ...(await walk(target, PROJECTOR, { token: null, steps: [['projector', openAt(`${at}/projector`)], ...scenes] })),
    ...(await walk(
      target,
      PHONE,
      {
        token: host,
        steps: [
          ['remote', openAt(`${at}/remote`)],
          ['summary', openAt(`${at}/summary`)],
          ['replay', openAt(`${at}/replay`)],
        ],
      },
      session,
    )),
    ...(await walk(target, PHONE, { token: null, steps: [['join', openAt(`${url}/j/${session.joinCode}`)]] })),
  ];
}
