// The environment of a run on a phone: what it ran with, and whether another run from an empty cache gives the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

describe.skipIf(withoutBrowser())('the environment of a run', () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory('Again');
  });
  afterAll(() => story?.close());

  it('is shown with its runtime and lock, and gives the same to the last bit when it is asked to', async () => {
    const { page } = await story.join();
    await openTab(page, 'Results');
    await page.getByRole('tab', { name: 'Environment' }).click({ timeout: 60_000 });
    await page.getByText(/^Node \d+\.\d+\.\d+, V8 /).waitFor();
    await page.getByRole('button', { name: 'Reproduce' }).click();
    await page.getByText(/[Ss]ame to the last bit/).waitFor({ timeout: 60_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
