// The scratch cell in a real browser: a question to the table on one phone becomes a picture on another.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

describe.skipIf(withoutBrowser())('a scratch cell', () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory('Scratch');
  });
  afterAll(() => story?.close());

  it('answers an expression over the table on a phone, for who asks alone, until everybody looks at it', async () => {
    const { page } = await story.join();
    // The first run comes before what anybody asks; what it wrote can be asked once it has been checked.
    const counts = async () => {
      const answer = await fetch(`${story.server.url}/api/sessions/${story.made.sessionId}/runs`);
      const { runs } = (await answer.json()) as { runs: readonly { status: string; checking?: true }[] };
      return runs[0]?.status === 'succeeded' && !runs[0].checking;
    };
    await expect.poll(counts, { timeout: 60_000 }).toBe(true);
    await openTab(page, 'Results');
    const cell = page.getByRole('region', { name: 'Scratch cell' });
    await cell.getByRole('textbox', { name: 'Expression' }).fill("df.groupby(['school']).mean()");
    await cell.getByRole('button', { name: 'Evaluate' }).click();
    await cell.getByRole('cell', { name: 'GP', exact: true }).waitFor({ timeout: 20_000 });
    await cell.getByRole('button', { name: 'Show chart' }).click();
    await cell.getByRole('application').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    // What the last run wrote can be asked, too.
    await cell.getByRole('combobox', { name: 'Table, as df' }).selectOption('data/processed/students.csv');
    await cell.getByRole('textbox', { name: 'Expression' }).fill('df.shape');
    await cell.getByRole('button', { name: 'Evaluate' }).click();
    await cell.getByRole('cell', { name: '519' }).waitFor({ timeout: 20_000 });
    await cell.getByRole('button', { name: 'Look at this: suggest' }).click();
    const composer = page.getByRole('dialog').getByRole('textbox');
    await expect.poll(() => composer.inputValue()).toMatch(/Look at this: df\.shape gives/);
    await page.keyboard.press('Escape');
    // As a chart it is looked at by somebody else, too.
    await cell.getByRole('button', { name: "df.groupby(['school']).mean()" }).click();
    await cell.getByRole('button', { name: 'Show chart' }).click();
    await cell.getByRole('button', { name: 'Look at this: suggest' }).click();
    await composer.fill('Look at this: the schools differ');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const { page: other } = await story.join();
    await openTab(other, 'Suggestions');
    const card = other.getByRole('article').filter({ hasText: 'the schools differ' });
    await card.getByRole('button', { name: 'Look at the chart' }).click();
    await card.getByRole('application').waitFor({ timeout: 20_000 });
    expect(await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
