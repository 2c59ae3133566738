// The main job, in real browsers: a facilitator creates and drives, two participants join on phones (one over plain
// http at a name that is no secure context), suggest and vote; the driver types and runs; every screen shows the score.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story, scoreOn, suggest, typeAt } from './story.ts';

describe.skipIf(withoutBrowser())('the main job', () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory('Whose grades can we predict?');
  });
  afterAll(() => story?.close());

  it('from an empty session to a better score on every screen', async () => {
    const host = await story.host();
    const drive = await story.beside(host, '/drive');
    await drive.getByRole('button', { name: 'Start driving' }).click();
    await drive.getByText('Saved', { exact: true }).waitFor();

    const one = await story.join();
    const two = await story.join(undefined, `http://crowd.test:${story.server.port}`);
    const projector = await story.projector();
    await projector.page.keyboard.press('4');
    const before = await scoreOn(host.page);

    const suggestion = 'Use failures: who failed before tends to struggle again';
    await suggest(one.page, suggestion);
    await openTab(two.page, 'Suggestions');
    const card = two.page.getByRole('article').filter({ hasText: suggestion });
    await card.getByRole('button', { name: /^Upvote/ }).click();
    await drive.getByRole('article').filter({ hasText: suggestion }).getByText('2', { exact: true }).waitFor();

    // What becomes of a suggestion reaches its author on every tab and above an open sheet, and stays in the list.
    await openTab(one.page, 'Results');
    await one.page.locator('footer').getByRole('button', { name: 'Suggest', exact: true }).click();
    await drive.getByRole('article').filter({ hasText: suggestion }).getByRole('button', { name: 'Pin' }).click();
    const notice = one.page.getByRole('region', { name: 'Notice' });
    await notice.getByText('The driver is implementing your suggestion').waitFor();
    await notice.getByRole('button', { name: 'Close' }).click();
    await notice.waitFor({ state: 'hidden' });
    await one.page.getByLabel('Your suggestion, in a sentence or two').waitFor();
    await one.page.keyboard.press('Escape');
    await one.page.reload();
    await one.page.getByRole('button', { name: 'Notices, 1 new' }).click();
    await one.page.getByRole('dialog').getByText('The driver is implementing your suggestion').waitFor();
    expect(await notice.count()).toBe(0);
    await one.page.keyboard.press('Escape');
    await one.page.getByRole('button', { name: 'Notices', exact: true }).waitFor();

    // The driver turns failures on by hand, and the others watch the lines change.
    await openTab(one.page, 'Code');
    await drive.locator('.monaco-editor .view-lines').waitFor();
    const files = async (what: string) => {
      await drive.getByRole('button', { name: 'Files and editor' }).click();
      await drive.getByRole('menuitem', { name: what }).click();
    };
    await files('New file');
    await drive.getByLabel('Name of the file').fill('src/notes.ts');
    await drive.getByRole('button', { name: 'Save', exact: true }).click();
    await one.page.getByRole('tab', { name: 'notes.ts' }).waitFor();
    await files('Rename src/notes.ts');
    await drive.getByLabel('Name of the file').fill('src/ideas.ts');
    await drive.getByRole('button', { name: 'Save', exact: true }).click();
    await one.page.getByRole('tab', { name: 'ideas.ts' }).waitFor();
    await files('Delete src/ideas.ts');
    await one.page.getByRole('tab', { name: 'ideas.ts' }).waitFor({ state: 'hidden' });
    await files('Find in all files');
    await drive.getByLabel('Text to find').fill('failures: false');
    await drive.getByRole('button', { name: /^params\.yaml:\d+/ }).click();
    await drive.getByRole('tab', { name: 'params.yaml', selected: true }).waitFor();
    await drive.getByRole('tab', { name: 'params.yaml' }).click();
    const line = (await drive.evaluate(async (id) => {
      const { files } = await (await fetch(`/api/sessions/${id}/files`)).json();
      return (files['params.yaml'] as string).split('\n').findIndex((text) => text.includes('failures: false')) + 1;
    }, story.made.sessionId)) as number;
    await drive.locator('.monaco-editor .view-lines').waitFor();
    await typeAt(drive, line, '');
    await drive.keyboard.press('Home');
    await drive.keyboard.press('Shift+End');
    await drive.keyboard.type('failures: true', { delay: 20 });
    await one.page.getByText('failures: true').first().waitFor();
    // What somebody is about to tap stays where it is while a run begins and ends.
    await openTab(two.page, 'Now');
    await two.page.getByRole('button', { name: 'All parameters' }).waitFor();
    await two.page.evaluate(() => {
      const seen = { shift: 0 };
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
          if (!entry.hadRecentInput) seen.shift += entry.value;
      }).observe({ type: 'layout-shift' });
    });
    await drive.keyboard.press('Control+Enter');

    await expect.poll(() => scoreOn(host.page), { timeout: 20_000 }).toBeLessThan(before - 0.05);
    const after = await scoreOn(host.page);
    await openTab(one.page, 'Now');
    for (const page of [one.page, two.page, projector.page]) await expect.poll(() => scoreOn(page)).toBe(after);
    const shift = await two.page.evaluate(() => (globalThis as unknown as { seen: { shift: number } }).seen.shift);
    expect(shift).toBeLessThanOrEqual(0.02);
    const runs = (await (await fetch(`${story.server.url}/api/sessions/${story.made.sessionId}/runs`)).json()) as {
      runs: { number: number; metrics: Record<string, number> }[];
    };
    const last = runs.runs.filter((run) => run.number === 2)[0]!;
    expect(last.metrics['cv.rmse']).toBeLessThan(last.metrics['baseline.rmse']!);
  });

  it('a reload, a second tab and a lost connection lose nothing', async () => {
    const person = await story.join();
    await suggest(person.page, 'Plot predicted against actual first');
    const name = person.page.getByRole('button', { name: /^You are / });
    const displayName = await name.getAttribute('aria-label');
    await person.page.reload();
    await person.page.getByRole('button', { name: 'Suggest' }).first().waitFor();
    expect(await name.getAttribute('aria-label')).toBe(displayName);
    const second = await story.beside(person, '');
    await second.getByRole('button', { name: 'Suggest' }).first().waitFor();
    expect(await second.getByRole('button', { name: /^You are / }).getAttribute('aria-label')).toBe(displayName);

    await person.context.setOffline(true);
    await person.page.getByText('Reconnecting. Your draft is safe.').waitFor({ timeout: 45_000 });
    await person.context.setOffline(false);
    await person.page.getByText('Reconnecting. Your draft is safe.').waitFor({ state: 'hidden', timeout: 30_000 });
    await openTab(person.page, 'Suggestions');
    await person.page.getByText('Plot predicted against actual first').first().waitFor();
  });
});
