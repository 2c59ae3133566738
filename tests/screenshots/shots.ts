// What is photographed: every surface, scene and state, by the act of the session in which it exists. What must be pressed
// is named by the strings of the page's language, so that each can be taken in all three.
import type { Page } from 'playwright-core';
import type { Strings } from '#app/_strings/types.ts';
import { SCENES, type Scene } from '#session-core/model/types.ts';
import type { PictureSession } from './session.ts';

export interface Shot {
  readonly name: string;
  readonly path: string;
  /** Whose cookie the window holds. */
  readonly as?: 'facilitator' | 'person';
  /** Default: every size. */
  readonly sizes?: 'phone' | 'laptop' | 'wide' | 'from-768';
  /** The projector view: dark first, no small text, in the session's language. */
  readonly projector?: true;
  /** The page of an address that leads nowhere: the browser itself reports it. */
  readonly missing?: true;
  readonly before?: (page: Page, t: Strings) => Promise<void>;
}

export interface Act {
  readonly name: string;
  /** What happens in the session before its shots. */
  readonly prepare: (session: PictureSession) => Promise<void>;
  readonly shots: readonly Shot[];
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Phones and laptops have one tab bar; a laptop has no tab for the suggestions beside it. */
const tab = (name: keyof Strings['tabs']) => async (page: Page, t: Strings) => {
  const found = page.getByRole('navigation', { name: t.tabs.label }).getByRole('button', { name: label(name, t) });
  if (await found.isVisible()) await found.click();
};
const label = (name: keyof Strings['tabs'], t: Strings) => String(t.tabs[name]);

const pressed = (label: (t: Strings) => string) => async (page: Page, t: Strings) => {
  await button(page, label(t)).first().click();
  await page.getByRole('dialog').waitFor();
};

const scene = (name: Scene) => async (page: Page) => {
  await page.waitForSelector('main[data-scene]');
  await page.keyboard.press(String(SCENES.indexOf(name) + 1));
  await page.waitForSelector(`main[data-scene="${name}"]`);
};

const chartDrawn = (page: Page) => page.locator('figure svg').first().waitFor();

/** A column with a long tail, and one of its bins. */
async function column(page: Page, t: Strings): Promise<void> {
  await tab('data')(page, t);
  await page.getByRole('button', { name: /^Absences/ }).click();
  await chartDrawn(page);
  await page.getByRole('application').first().focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('group').first().waitFor();
}

async function dataScene(page: Page): Promise<void> {
  await scene('data')(page);
  for (let press = 0; press < 4; press++) {
    await chartDrawn(page);
    await page.keyboard.press('ArrowRight');
  }
}

async function drawer(page: Page, name: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
}

/** Phones get the live lines instead of the editor. */
async function editorShown(page: Page, t: Strings): Promise<void> {
  const narrow = (page.viewportSize()?.width ?? 0) < 700;
  await page.waitForSelector(narrow ? 'main pre' : '.monaco-editor .view-line', { timeout: 30_000 });
  if (narrow) return;
  // The simulated facilitator drives in a tab of its own, or lost the driver role with the window of the last picture.
  const start = page.getByRole('button', { name: new RegExp(`^(${t.driver.here}|${t.driver.take})$`) });
  if ((await start.count()) > 0) await start.click();
}

async function section(page: Page, name: string): Promise<void> {
  const found = page.getByRole('region', { name }).first();
  await found.waitFor();
  await found.evaluate((element) => element.scrollIntoView());
}

async function tableShown(page: Page, t: Strings): Promise<void> {
  await tab('results')(page, t);
  await section(page, t.experiments.head);
  await page.getByRole('checkbox', { name: t.experiments.pick(2) }).check();
}

async function scratch(page: Page, t: Strings): Promise<void> {
  await tab('results')(page, t);
  const cell = page.getByRole('region', { name: t.scratch.head });
  const line = cell.getByRole('textbox', { name: t.scratch.code });
  await line.fill("df.groupby(['school']).mean()");
  await button(page, t.scratch.go).click();
  await cell.getByRole('table').waitFor();
  await line.fill('df.');
  await cell.evaluate((element) => element.scrollIntoView());
}

const runTab = (name: 'errors' | 'model') => async (page: Page, t: Strings) => {
  await tab('results')(page, t);
  await page.getByRole('tab', { name: t.run[name], exact: true }).click();
  await chartDrawn(page);
  await page.getByRole('tab', { name: t.run[name], exact: true }).evaluate((element) => element.scrollIntoView());
};

async function cloneLink(page: Page, t: Strings): Promise<void> {
  await tab('results')(page, t);
  await button(page, t.exports.cloneLink).click();
  await page.getByText(t.exports.cloneCommand).waitFor();
  await page.getByText(t.exports.cloneCommand).evaluate((element) => element.scrollIntoView());
}

async function patchOpen(page: Page, t: Strings): Promise<void> {
  await tab('code')(page, t);
  await button(page, t.compose.changeCode).click();
  await page.locator('.monaco-diff-editor .view-line').first().waitFor({ timeout: 30_000 });
}

async function diffOpen(page: Page, t: Strings): Promise<void> {
  await editorShown(page, t);
  await page.getByRole('article').locator('[aria-expanded="false"]').first().click();
}

async function replayEnd(page: Page): Promise<void> {
  await page.locator('main pre').first().waitFor();
  await page.keyboard.press('End');
}

export function actsOf({ sessionId, joinCode }: PictureSession): readonly Act[] {
  const here = `/s/${sessionId}`;
  const person = (name: string, before?: Shot['before'], sizes?: Shot['sizes']): Shot => ({
    name: `participant${name}`,
    path: here,
    as: 'person',
    ...(before ? { before } : {}),
    ...(sizes ? { sizes } : {}),
  });
  const host = (name: string, before?: Shot['before'], path = '/host'): Shot => ({
    name,
    path: here + path,
    as: 'facilitator',
    ...(before ? { before } : {}),
  });
  const drive = (name: string, before: NonNullable<Shot['before']>, sizes?: Shot['sizes']): Shot => ({
    ...host(name, before, '/drive'),
    ...(sizes ? { sizes } : {}),
  });
  const projector = (name: string, before?: Shot['before']): Shot => ({
    name: `projector${name}`,
    path: `${here}/projector`,
    projector: true,
    ...(before ? { before } : {}),
  });
  return [
    {
      name: 'running',
      prepare: async () => undefined,
      shots: [
        { name: 'home', path: '/' },
        { name: 'new', path: '/new' },
        { name: 'join', path: `/j/${joinCode}` },
        { name: 'join-unknown', path: '/j/BBBBBB', missing: true },
        { name: 'missing', path: '/nowhere', missing: true },
        person(''),
        person('-suggestions', tab('suggestions')),
        person('-data', tab('data')),
        person('-data-column', column),
        person('-code', tab('code')),
        person('-results', tab('results')),
        person('-errors', runTab('errors')),
        person('-model', runTab('model')),
        person('-experiments', tableShown),
        person('-scratch', scratch),
        person('-clone', cloneLink),
        person('-suggest', (page, t) =>
          page.locator('footer').getByRole('button', { name: t.actions.suggest, exact: true }).click(),
        ),
        person(
          '-params',
          pressed((t) => t.params.more),
        ),
        person('-patch', patchOpen, 'from-768'),
        person(
          '-keys',
          pressed((t) => t.topBar.keys),
          'laptop',
        ),
        person('-name', async (page) => page.getByRole('banner').locator('button').last().click()),
        person('-notices', (page, t) =>
          page
            .getByRole('banner')
            .getByRole('button', { name: t.topBar.openNotices(0) })
            .click(),
        ),
        drive('drive', editorShown),
        drive('drive-diff', diffOpen, 'from-768'),
        drive('drive-handover', async (page, t) => {
          await editorShown(page, t);
          await drawer(page, t.driver.head);
        }),
        drive('drive-machine', async (page, t) => {
          await editorShown(page, t);
          await drawer(page, t.machine.head);
        }),
        host('host'),
        ...(['join', 'people', 'poll', 'data', 'runs', 'settings', 'exports', 'server'] as const).map((name) =>
          host(`host-${name}`, (page, t) => drawer(page, t.host.drawers[name])),
        ),
        host(
          'host-agenda',
          pressed((t) => t.agenda.edit),
        ),
        host('remote', undefined, '/remote'),
        { name: 'replay', path: `${here}/replay`, as: 'person', before: replayEnd },
        { name: 'summary', path: `${here}/summary`, as: 'person' },
        { name: 'compare', path: `${here}/compare/1/2`, as: 'person' },
        {
          name: 'compare-rows',
          path: `${here}/compare/1/2`,
          as: 'person',
          before: (page, t) => section(page, t.compare.groups),
        },
        projector('-join', scene('join')),
        projector('', scene('code')),
        projector('-pipeline', scene('pipeline')),
        projector('-results', scene('results')),
        projector('-queue', scene('queue')),
        projector('-reveal', scene('reveal')),
        projector('-compare', scene('compare')),
        projector('-data', dataScene),
        projector('-poll', scene('poll')),
      ],
    },
    {
      name: 'tour',
      prepare: async ({ facilitator, agendaStep }) => {
        await facilitator.send({ type: 'agenda.begin', step: agendaStep('tour') });
      },
      shots: [person('-tour'), host('host-tour'), projector('-tour'), host('remote-tour', undefined, '/remote')],
    },
    {
      name: 'look',
      prepare: (session) => session.look(),
      shots: [projector('-look', scene('queue'))],
    },
    {
      name: 'poll',
      prepare: (session) => session.poll(),
      shots: [
        person('-poll'),
        host('host-question', (page, t) => drawer(page, t.host.drawers.poll)),
        projector('-question'),
      ],
    },
    {
      name: 'failed',
      prepare: (session) => session.fail(),
      shots: [
        person('-failed'),
        person('-failed-results', tab('results')),
        drive('drive-failed', editorShown),
        host('host-failed'),
        projector('-failed', scene('code')),
        projector('-failed-pipeline', scene('pipeline')),
        projector('-failed-results', scene('results')),
      ],
    },
    {
      name: 'ended',
      prepare: (session) => session.end(),
      shots: [
        person('-ended'),
        person('-ended-code', tab('code')),
        person('-ended-results', tab('results')),
        host('host-ended'),
        projector('-ended', scene('code')),
        projector('-revealed', scene('reveal')),
        { name: 'summary-ended', path: `${here}/summary`, as: 'person' },
        { name: 'replay-ended', path: `${here}/replay`, as: 'person', before: replayEnd },
      ],
    },
  ];
}
