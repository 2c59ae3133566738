// Running a workshop from the facilitator's page, and what a small phone shows without scrolling.
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { de } from '#app/_strings/de/index.ts';
import { en } from '#app/_strings/en/index.ts';
import { fr } from '#app/_strings/fr/index.ts';
import { facilitate, type Person } from '../simulation/participant.ts';
import { LAPTOP, PHONE, withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story, suggest } from './story.ts';

const STEPS_TO_FOREST = 5;

/** What reaches below the window, in px: only parts of these pages scroll. */
const overhang = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);

describe.skipIf(withoutBrowser())('the host page', () => {
  let story: Story;
  let facilitator: Person | null = null;
  afterEach(async () => {
    facilitator?.close();
    facilitator = null;
    await story.close();
  });

  it('the agenda shows scenes and a tour on projector and phone, ticks a step by a run, loads a checkpoint after asking, and knows its step after a reload; the reveal counts down on every projector', async () => {
    story = await openStory('Agenda');
    const window = await story.host();
    const { page: host } = window;
    const projector = await story.beside(window, '/projector');
    await projector.locator('main[data-scene="join"]').waitFor();
    const agenda = host.getByRole('region', { name: 'Agenda' });
    await agenda.getByRole('button', { name: 'Start: Welcome' }).click();
    await agenda.getByText('Step 1 of').waitFor();
    await agenda.getByRole('button', { name: /^Next: / }).click();
    await projector.locator('main[data-scene="results"]').waitFor();
    // One that comes later, in a browser of its own, shows the same; keys change one projector until the next choice.
    const { page: later } = await story.projector();
    await later.locator('main[data-scene="results"]').waitFor();
    await later.keyboard.press('2');
    await later.locator('main[data-scene="code"]').waitFor();
    const remote = await story.beside(window, '/remote');
    await remote.setViewportSize(PHONE);
    await remote.getByText('Step 2 of').waitFor();
    await remote.getByRole('button', { name: 'Results', exact: true }).click();
    await later.locator('main[data-scene="results"]').waitFor();
    await remote.getByRole('button', { name: 'Queue', exact: true }).click();
    for (const page of [projector, later]) await page.locator('main[data-scene="queue"]').waitFor();
    expect(await remote.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await host.getByRole('button', { name: 'Queue', exact: true, pressed: true }).waitFor();
    // A column of the data, chosen on the host page, and the next one by the remote control.
    await host.getByRole('banner').getByRole('button', { name: 'Data' }).click();
    await host.getByRole('button', { name: /^Weekly study/ }).click();
    await host.getByRole('button', { name: 'Show on the projector' }).click();
    // What is said of an action inside a dialog is seen above the dialog and its veil.
    const covered = await host.evaluate(() =>
      [...document.querySelectorAll('[data-above-dialogs]')]
        .filter((place) => {
          if (getComputedStyle(place).position !== 'fixed') return false;
          const said = document.createElement('p');
          Object.assign(said.style, { width: '20rem', height: '3rem', pointerEvents: 'auto' });
          place.append(said);
          const { left, top, width, height } = said.getBoundingClientRect();
          const seen = document.elementFromPoint(left + width / 2, top + height / 2);
          said.remove();
          return seen !== said;
        })
        .map((place) => place.outerHTML),
    );
    expect(await host.getByRole('dialog').count()).toBe(1);
    expect(covered).toEqual([]);
    await host.keyboard.press('Escape');
    for (const page of [projector, later]) {
      await page.locator('main[data-scene="data"]').getByRole('heading', { name: 'Weekly study' }).waitFor();
      await page.locator('main figure svg').first().waitFor();
    }
    await remote.getByRole('button', { name: 'Next column' }).click();
    await projector.getByRole('heading', { name: 'Past class failures' }).waitFor();
    await remote.getByRole('button', { name: 'Queue', exact: true }).click();
    await projector.locator('main[data-scene="queue"]').waitFor();
    // The next step is a tour: projector and phone go to its lines together, and a run ticks it.
    const { page: phone } = await story.join();
    await remote.getByRole('button', { name: 'Next: A pipeline with a cache' }).click();
    const lit = (page: Page) => page.locator('[data-marked="true"]');
    for (const page of [projector, phone]) {
      await page.getByText('nothing else decides whether it runs again').waitFor();
      await lit(page).getByText('prepare:', { exact: false }).first().waitFor();
    }
    await agenda.getByRole('button', { name: 'Next place' }).click();
    for (const page of [projector, phone]) {
      await page.getByText('src/prepare.ts, lines 16–18').first().waitFor();
      await lit(page).getByText('readCSV', { exact: false }).first().waitFor();
    }
    const tick = agenda.getByRole('checkbox', { name: /is done / });
    expect(await tick.isChecked()).toBe(false);
    await remote.getByRole('button', { name: 'Run the pipeline' }).click();
    await expect.poll(() => tick.isChecked(), { timeout: 30_000 }).toBe(true);
    expect(await overhang(host)).toBe(0);
    for (let step = 3; step <= STEPS_TO_FOREST; step++) {
      await agenda.getByRole('button', { name: /^Next: / }).click();
      await agenda.getByText(`Step ${step + 1} of`).waitFor();
    }
    await agenda.getByRole('button', { name: 'Load Forest' }).click();
    await host.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await agenda.getByRole('button', { name: 'Load Forest' }).click();
    await host.getByRole('dialog').getByRole('button', { name: 'Load', exact: true }).click();
    await host.getByRole('button', { name: 'Activity' }).click();
    await host.getByRole('dialog', { name: 'Activity' }).getByText('loaded the checkpoint 3-forest').waitFor();
    await host.keyboard.press('Escape');
    await host.reload();
    await agenda.getByText(`Step ${STEPS_TO_FOREST + 1} of`).waitFor();
    expect(await overhang(host)).toBe(0);

    // The reveal asks first; then every projector counts down and shows one number, and phones get the table.
    await openTab(phone, 'Results');
    await host.getByRole('button', { name: 'Settings' }).click();
    await host.getByRole('button', { name: 'Reveal the hold-out score' }).click();
    const asked = host.getByRole('dialog', { name: 'Reveal the hold-out score?' });
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await projector.locator('main[data-scene="code"]').waitFor();
    await host.getByRole('button', { name: 'Reveal the hold-out score' }).click();
    await asked.getByRole('button', { name: 'Start the countdown' }).click();
    for (const page of [projector, later]) {
      await page.getByRole('heading', { name: /^Hold-out score of run #/ }).waitFor();
      expect(Number.parseFloat((await page.locator('main p').first().textContent()) ?? '')).toBeGreaterThan(0);
    }
    await phone.getByRole('region', { name: 'Hold-out score' }).getByRole('table').waitFor();
    await host.getByRole('button', { name: 'Hide the hold-out score' }).click();
    await phone.getByRole('region', { name: 'Hold-out score' }).waitFor({ state: 'detached' });
    await projector.getByRole('heading', { name: 'The hold-out score' }).waitFor();
  });

  it('a phone of 360 x 740 shows the first parameter completely, also while a suggestion is pinned; the window itself never scrolls', async () => {
    story = await openStory('Small');
    const { page: phone } = await story.join();
    const visible = async () => {
      const box = await phone.getByRole('button', { name: 'Turn on' }).first().boundingBox();
      const foot = await phone.locator('footer').boundingBox();
      return box !== null && foot !== null && box.y + box.height <= foot.y;
    };
    await expect.poll(visible).toBe(true);
    await suggest(phone, 'Are the zero grades students who left? Look at the absences before we change more');
    facilitator = await facilitate(story.server.url, story.made.sessionId, story.made.hostUrl.split('#')[1] ?? '');
    const [card] = Object.values(
      (await facilitator.until((view) => Object.keys(view.suggestions).length > 0)).suggestions,
    );
    await facilitator.send({ type: 'suggestion.pin', suggestion: card?.id ?? '' });
    await phone.getByText('Now implementing').waitFor();
    await expect.poll(visible).toBe(true);

    // The next verdict has other words, in any language: nothing below the score moves because of it.
    await facilitator.send({ type: 'run.request', force: ['evaluate'] });
    const tile = phone.getByRole('region', { name: 'cv.rmse' });
    await tile.getByText(en.score.versusLast).waitFor({ timeout: 30_000 });
    const words = [de, en, fr].flatMap(({ score }) =>
      [score.better, score.worse, score.noise, score.same, score.evaluationChanged, score.incomparable].flatMap(
        (word) =>
          [score.versusLast, score.versusRun(12)].flatMap((versus) =>
            [score.isBest, score.bestIs('2.437', 12)].map((best) => ({ word, versus, best })),
          ),
      ),
    );
    const heights = await tile.evaluate((box, all) => {
      const [verdict, versus, best] = ['_verdict', '_versus', '_best'].map((name) =>
        box.querySelector(`[class*="${name}"]`),
      );
      const [word, small] = [verdict!.querySelector('span')!, versus!.querySelector('small')!];
      const before = [word, small, best!].map((node) => [node, node.textContent] as const);
      word.before(Object.assign(document.createElement('b'), { textContent: '−0.170' }));
      const found = all.map((texts) => {
        word.textContent = texts.word;
        small.textContent = texts.versus;
        best!.textContent = texts.best;
        return box.getBoundingClientRect().height;
      });
      verdict!.querySelector('b')!.remove();
      for (const [node, text] of before) node.textContent = text;
      return [box.getBoundingClientRect().height, ...found];
    }, words);
    expect([...new Set(heights)]).toEqual([heights[0]]);
    await expect.poll(visible).toBe(true);

    const { page: laptop } = await story.join(LAPTOP);
    // What each tab shows last.
    const tabs = [
      ['Results', (page: Page) => page.getByRole('heading', { name: 'Activity' })],
      ['Data', (page: Page) => page.getByRole('heading', { name: 'Duplicate rows' })],
      ['Code', (page: Page) => page.getByRole('tab', { name: 'params.yaml' })],
      ['Now', (page: Page) => page.getByRole('button', { name: 'Turn on' }).first()],
    ] as const;
    for (const page of [phone, laptop]) {
      for (const [name, content] of tabs) {
        await openTab(page, name);
        await content(page).waitFor();
        expect([name, await overhang(page)]).toEqual([name, 0]);
      }
    }

    // A browser's translation writes longer words: every button stays in the window, and large enough for a finger.
    const outside = await phone.evaluate(() => {
      const texts = document.createTreeWalker(document.querySelector('footer')!, NodeFilter.SHOW_TEXT);
      const long: [Text, string][] = [];
      for (let node = texts.nextNode(); node; node = texts.nextNode()) long.push([node as Text, node.nodeValue ?? '']);
      for (const [node, text] of long) node.nodeValue = text.trim().repeat(4);
      const wrong = [...document.querySelectorAll('footer button')].filter((button) => {
        const { left, right, width } = button.getBoundingClientRect();
        return left < 0 || right > innerWidth || width < 44 || button.scrollWidth > button.clientWidth;
      });
      for (const [node, text] of long) node.nodeValue = text;
      return wrong.length;
    });
    expect(outside).toBe(0);

    // A newcomer looks at the data, taps a bin, and sends what it begins.
    await openTab(phone, 'Data');
    await phone.getByLabel('Find a column').fill('absen');
    await phone.getByRole('button', { name: /^Absences/ }).click();
    const drawing = phone.getByRole('application', { name: /^Absences: chart with/ });
    await drawing.locator('svg').first().waitFor();
    const { width, height } = (await drawing.boundingBox())!;
    await drawing.tap({ position: { x: width * 0.5, y: height * 0.75 } });
    const rows = phone.getByRole('region', { name: /^Absences: \d/ });
    await rows
      .getByText(/^Row \d+$/)
      .first()
      .click();
    await rows.getByText('studytime').first().waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await rows.getByRole('button', { name: 'Suggest about these rows' }).click();
    const composer = phone.getByRole('dialog').getByRole('textbox');
    await expect.poll(() => composer.inputValue()).toMatch(/^Absences .*\(\d+ rows?\): .* Idea: $/);
    await composer.press('End');
    await composer.pressSequentially('do they skip lessons?');
    await phone.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await facilitator.until((view) =>
      Object.values(view.suggestions).some(({ text }) => text.endsWith('Idea: do they skip lessons?')),
    );
  });
});
