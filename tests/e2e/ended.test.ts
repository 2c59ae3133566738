// After the end: everybody is notified, and the code and the results can still be read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAPTOP, withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

describe.skipIf(withoutBrowser())('an ended session', () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory('The end');
  });
  afterAll(() => story?.close());

  it('stays readable, also after a reload, and its model still predicts', async () => {
    const { page: host } = await story.host();
    const { page } = await story.join();
    await host.getByRole('button', { name: 'Settings' }).click();
    await host.getByRole('button', { name: 'End the session' }).click();
    await host
      .getByRole('dialog', { name: 'End the session?' })
      .getByRole('button', { name: 'End the session' })
      .click();
    await page.getByText('This session has ended. You can still read everything.').waitFor();
    // What everybody keeps, also whoever never joined.
    await page.getByRole('link', { name: 'See the summary' }).click();
    const visitor = await story.visit('/summary');
    for (const reader of [page, visitor]) {
      const steps = reader.getByRole('region', { name: 'How the score changed' });
      await steps.getByRole('row').filter({ hasText: '#1' }).getByText('The start').waitFor();
      expect(await reader.getByRole('heading', { level: 1 }).textContent()).toBe('The end');
      expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(LAPTOP.width);
    }
    expect((await visitor.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('link', { name: 'Back to the session' }).click();
    await openTab(page, 'Now');
    await page.reload();
    await openTab(page, 'Code');
    await page.getByText('# Change a line, run').waitFor();
    await openTab(page, 'Results');
    await page.getByRole('spinbutton', { name: 'Age' }).fill('19');
    await page.getByText(/by the model of run #1/).waitFor();
  });
});
