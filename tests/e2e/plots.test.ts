// Runs in a real browser: a new stage writes a learning curve, feature importances and a partial dependence, and everybody
// sees lines, bars and their tables; the app's own charts lead to rows and suggestions; the machine's score; a leak.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hunksOf } from '#session-core/text/patch.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { facilitate, type Person } from '../simulation/participant.ts';
import { LAPTOP, withoutBrowser } from '../support/browser.ts';
import { EXPLAIN, STAGE } from './explain-stage.ts';
import { openStory, openTab, type Story } from './story.ts';

const idOf = ({ runs }: PublicView, n: number) => Object.values(runs).find(({ number }) => number === n)?.id ?? '';
/** Of the network, from the tab of results until all charts are drawn. */
const MOST_BYTES = 200_000;
const chart = (page: Page, title: string) => page.locator('figure').filter({ hasText: title });

describe.skipIf(withoutBrowser())('charts of a run', () => {
  let story: Story;
  let facilitator: Person;
  beforeAll(async () => {
    story = await openStory('Plots');
    const { made, server } = story;
    facilitator = await facilitate(server.url, made.sessionId, made.hostUrl.split('#')[1] ?? '');
    await facilitator.until((view) => Object.values(view.runs).some((run) => run.status === 'succeeded'), 60_000);
    const response = await fetch(`${server.url}/api/sessions/${made.sessionId}/files`);
    const { revision, files } = (await response.json()) as { revision: number; files: Record<string, string> };
    const dvc = files['dvc.yaml'] ?? '';
    const patch = {
      revision,
      files: [
        { path: 'dvc.yaml', hunks: [...hunksOf(dvc, dvc + STAGE)] },
        { path: 'src/explain.ts', hunks: [...hunksOf(null, EXPLAIN)] },
      ],
    };
    const added = await facilitator.send({ type: 'suggestion.add', text: 'Explain the model', patch });
    if (!added.ok) throw new Error(added.rejection.message);
    await facilitator.send({ type: 'suggestion.accept', suggestion: added.about ?? '' });
    const measured = (view: PublicView) =>
      Object.values(view.runs).find((run) => run.kind === 'main' && run.stages.length === 4 && run.endedAt);
    const run = measured(await facilitator.until((view) => measured(view) !== undefined, 60_000));
    expect([run?.status, run?.error?.code]).toEqual(['succeeded', undefined]);
  });
  afterAll(async () => {
    facilitator.close();
    await story.close();
  });

  it.each([
    ['a laptop', LAPTOP],
    ['a phone', undefined],
  ])('are lines with a word for each, bars, and a table behind every one, on %s', async (_, viewport) => {
    const { page } = await story.join(viewport);
    // What any page fetches once its first view is there is no part of the tab.
    let fetched = -1;
    const settled = async () => {
      const before = fetched;
      fetched = await page.evaluate(() => performance.getEntriesByType('resource').length);
      return fetched === before;
    };
    await expect.poll(settled, { interval: 1_000, timeout: 20_000 }).toBe(true);
    const bytes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      bytes.push(
        request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
      );
    });
    await openTab(page, 'Results');
    const learning = chart(page, 'Would more students help?');
    await learning.getByRole('listitem').filter({ hasText: 'unseen' }).waitFor();
    await page.getByRole('application', { name: /Would more students help\?: chart with 10 marks/ }).waitFor();
    await page.getByRole('application', { name: /Lessons missed and the predicted grade: chart with/ }).waitFor();
    await chart(page, 'What the model looks at').getByText('studytime').waitFor();
    // A room of phones opens them at once.
    const moved = (await Promise.all(bytes)).reduce((sum, own) => sum + own, 0);
    expect(moved).toBeGreaterThan(10_000);
    expect(moved).toBeLessThan(MOST_BYTES);
    const width = page.viewportSize()!.width;
    for (const box of await page.locator('figure svg').all())
      expect((await box.boundingBox())?.width ?? 0).toBeLessThan(width);
    await learning.getByRole('button', { name: 'Show table' }).click();
    expect(await learning.getByRole('row').count()).toBe(11);
    await learning.getByRole('columnheader', { name: 'Students to learn from' }).waitFor();
    for (const format of ['SVG', 'PNG', 'CSV']) {
      const bars = chart(page, 'What the model looks at');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        bars.getByRole('button', { name: `Download as ${format}` }).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`What-the-model-looks-at.${format.toLowerCase()}`);
      const bytes = await readFile(await file.path());
      if (format === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      else expect(bytes.toString()).toContain('studytime');
    }
  });

  it('lead from the largest error to its row, and to a suggestion about it, on a phone', async () => {
    const { page } = await story.join();
    await openTab(page, 'Results');
    await page.getByRole('tab', { name: 'Errors' }).click();
    const rows = page.getByRole('group').filter({ hasText: 'predicted' });
    await rows.first().locator('summary').click();
    await rows.first().getByText('studytime').waitFor();
    await rows.first().getByRole('button', { name: 'What pushed this prediction?' }).click();
    await page.getByRole('application', { name: /^What pushed this prediction/ }).waitFor();
    const groups = page.getByRole('application', { name: /^Error by group/ });
    await groups.press('End');
    await groups.press('Enter');
    const group = page.getByRole('region', { name: /largest errors of/ });
    await group
      .getByText(/^Row \d+$/)
      .first()
      .waitFor();
    await group.getByRole('button', { name: 'Suggest about this group' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await rows.first().getByRole('button', { name: 'Suggest about this row' }).click();
    const composer = page.getByRole('dialog').getByRole('textbox');
    await expect.poll(() => composer.inputValue()).toMatch(/^Row \d+ is predicted as /);
    await composer.press('End');
    await composer.pressSequentially('look at these first');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await facilitator.until((view) =>
      Object.values(view.suggestions).some(({ text }) => text.endsWith('Idea: look at these first')),
    );

    await openTab(page, 'Results');
    await page.getByRole('tab', { name: 'Model', exact: true }).click();
    const importance = page.getByRole('application', { name: /^What the model relies on/ });
    await importance.press('ArrowRight');
    await importance.press('Enter');
    await page.getByRole('application', { name: /^Prediction by / }).waitFor();
    await page.getByRole('button', { name: 'Work out the learning curve' }).click();
    const curve = page.getByRole('application', { name: /^Would more rows help\?: chart with/ });
    // Out of sight it is not drawn. It has the lowest priority, so other stories may hold it up for long.
    await curve.evaluate((chart) => chart.scrollIntoView(), undefined, { timeout: 150_000 });
    await page.getByText('rows the model had not seen').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('two runs are compared from the strip; the page opens alone, and the projector shows the same two', async () => {
    const { page } = await story.join();
    await openTab(page, 'Results');
    await page.getByRole('button', { name: 'Compare two runs' }).click();
    const strip = page.getByRole('list', { name: 'Runs' });
    await strip.getByRole('button', { name: /^run #1 / }).click();
    await strip.getByRole('button', { name: /^run #2 / }).click();
    await page.getByRole('link', { name: 'Compare #1 with #2' }).click();
    await page.waitForURL(/\/compare\/1\/2$/);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.getByRole('region', { name: 'Difference' }).getByText('same result').waitFor();
    await page.getByRole('region', { name: 'Code changes' }).getByText('src/explain.ts', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Error by group' }).getByRole('table').count()).toBeGreaterThan(2);
    expect(await fits()).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => 'monaco' in window)).toBe(false);

    const { page: projector } = await story.projector();
    const view = await facilitator.until(({ runs }) => Object.values(runs).some(({ number }) => number === 2), 1_000);
    const shown = await facilitator.send({ type: 'comparison.show', before: idOf(view, 2), after: idOf(view, 1) });
    expect(shown.ok).toBe(true);
    const scene = projector.getByRole('main', { name: 'Compare' });
    await scene.getByText('Rows that changed most').waitFor();
    expect(
      await scene
        .getByRole('heading', { name: /^Run #/ })
        .first()
        .textContent(),
    ).toBe('Run #2');
    // Also on a projector view that somebody opens on a phone.
    await projector.setViewportSize({ width: 360, height: 740 });
    await expect.poll(() => projector.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);

    const alone = await story.visit('/compare/2/1');
    await alone.getByRole('heading', { name: /Run #2.*and.*Run #1/ }).waitFor();
    await alone.getByRole('region', { name: 'Charts side by side' }).getByText('What the model looks at').waitFor();
  });

  it('are drawn once: a vote leaves the drawing alone, another color scheme changes its colors', async () => {
    const { page } = await story.join(LAPTOP);
    await openTab(page, 'Results');
    const drawing = chart(page, 'Lessons missed and the predicted grade').locator('svg.chart-drawing');
    const color = () =>
      drawing
        .locator('[stroke="var(--chart-1)"]')
        .first()
        .evaluate((e) => getComputedStyle(e).stroke);
    await drawing.evaluate((element) => element.setAttribute('data-seen', 'yes'));
    const light = await color();
    const other = await facilitator.send({ type: 'suggestion.add', text: 'Something else moves the view' });
    expect(other.ok).toBe(true);
    await page.getByText('Something else moves the view').first().waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(color).not.toBe(light);
    expect(await drawing.getAttribute('data-seen')).toBe('yes');
  });

  it('the pipeline is drawn with texts that can be read, on a laptop and on the projector', async () => {
    /** Of the smallest one, in px of the screen. */
    const smallest = (page: Page) =>
      page
        .locator('figure > svg[role="img"] text')
        .evaluateAll((texts) =>
          Math.min(
            ...texts.map(
              (text) => Number.parseFloat(getComputedStyle(text).fontSize) * (text as SVGTextElement).getScreenCTM()!.a,
            ),
          ),
        );
    const { page } = await story.join(LAPTOP);
    await openTab(page, 'Results');
    await page.getByRole('img', { name: /^Pipeline with the stages/ }).waitFor();
    await expect.poll(() => smallest(page)).toBeGreaterThanOrEqual(12);
    const { page: projector } = await story.projector();
    await facilitator.send({ type: 'scene.show', scene: 'pipeline' });
    await projector.getByRole('img', { name: /^Pipeline with the stages/ }).waitFor();
    const share = async () => (await smallest(projector)) / projector.viewportSize()!.height;
    await expect.poll(share).toBeGreaterThanOrEqual(0.02);
    await facilitator.send({ type: 'scene.show', scene: 'results' });
    // What somebody asked for takes the place of the second chart.
    await projector.getByText('Would more rows help?').first().waitFor();
  });

  it('the machine finds a better score: a line for everybody, and a suggestion that nobody applied', async () => {
    const { page: projector } = await story.projector();
    await facilitator.send({ type: 'scene.show', scene: 'results' });
    const { page: host } = await story.host();
    await host.getByRole('button', { name: 'Runs', exact: true }).click();
    const drawer = host.getByRole('dialog', { name: 'Runs' });
    await drawer.getByRole('button', { name: 'Try for 60 s' }).click();
    await projector.getByRole('img', { name: /Best of the machine \d/ }).waitFor({ timeout: 50_000 });
    await drawer.getByRole('row', { name: /^Best of the machine \d/ }).waitFor();
    await drawer.getByRole('button', { name: 'Stop' }).click();
    await drawer.getByRole('button', { name: 'Suggest this change' }).click();
    await drawer.getByRole('button', { name: 'Suggested' }).waitFor();
    const found = ({ suggestions }: PublicView) =>
      Object.values(suggestions).find(({ text }) => text.startsWith('The machine found '));
    const view = await facilitator.until((now) => found(now) !== undefined);
    expect(found(view)?.patch?.files.map(({ path }) => path)).toEqual(['params.yaml']);
    expect(Object.values(view.runs).filter(({ kind }) => kind === 'main')).toHaveLength(2);
    expect(view.revision).toBe(view.runs[idOf(view, 2)]?.revision);
  });

  it('a leak is suspect on its card and, applied, on tile, strip and projector; struck, nothing is compared with it', async () => {
    const response = await fetch(`${story.server.url}/api/sessions/${story.made.sessionId}/files`);
    const { revision, files } = (await response.json()) as { revision: number; files: Record<string, string> };
    const prepare = files['src/prepare.ts'] ?? '';
    const leak = prepare.replace('raw.assign({', "raw.assign({ age: raw['G3'],");
    expect(leak).not.toBe(prepare);
    const patch = { revision, files: [{ path: 'src/prepare.ts', hunks: [...hunksOf(prepare, leak)] }] };
    const text = 'Know the age better';
    const added = await facilitator.send({ type: 'suggestion.add', text, patch });
    if (!added.ok) throw new Error(added.rejection.message);
    const { page } = await story.join();
    await openTab(page, 'Suggestions');
    const card = page.getByRole('article').filter({ hasText: text });
    await card.getByText('suspect', { exact: true }).waitFor({ timeout: 40_000 });
    expect(await card.getByText('better', { exact: true }).count()).toBe(0);

    const { page: projector } = await story.projector();
    const accepted = await facilitator.send({ type: 'suggestion.accept', suggestion: added.about ?? '' });
    expect(accepted.ok).toBe(true);
    await openTab(page, 'Results');
    const isSuspect = /^Run #3: .* is suspect\.$/;
    const tiles = [projector, page].map((one) => one.getByRole('region', { name: 'cv.rmse' }));
    // On the phone it is in the line of the newest run.
    const notices = [tiles[0]!, page.getByRole('main')];
    for (const [i, tile] of tiles.entries()) {
      await notices[i]!.getByText(isSuspect).waitFor({ timeout: 40_000 });
      expect(await tile.getByText('better', { exact: true }).count()).toBe(0);
      await tile.getByText(/^best .*\(run #[12]\)$/).waitFor();
    }
    await page.getByRole('button', { name: /^run #3 \S+ suspect$/ }).waitFor();
    await projector.getByRole('img', { name: /run #3 \S+ suspect/ }).waitFor();

    const { page: host } = await story.host();
    await host.getByRole('button', { name: /^run #3 \S+ suspect$/ }).click();
    await host.getByRole('button', { name: 'Strike this run' }).click();
    await host.getByLabel('Reason, shown to everybody').fill('the age is the last grade');
    await host.getByRole('button', { name: 'Strike this run' }).click();
    for (const notice of notices) {
      await notice.getByText('Run #3 was struck.').first().waitFor();
      await notice.getByText('the age is the last grade').first().waitFor();
    }
    // Back to the code before it: compared with the last run that counts.
    await facilitator.send({ type: 'revision.restore', revision });
    for (const tile of tiles) await tile.getByText('vs. run #2').waitFor({ timeout: 40_000 });
    await page.getByRole('button', { name: /^run #4 \S+ same result$/ }).waitFor();
  });
});
