// After the end: everybody is notified, and the code and the results can still be read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { de } from '#app/_strings/de/index.ts';
import { fr } from '#app/_strings/fr/index.ts';
import { lookForFaults } from '../screenshots/look.ts';
import { LAPTOP, PHONE, withoutBrowser } from '../support/browser.ts';
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
    await page.getByText('This session has ended.').waitFor();
    // Nothing invites to what is refused from now on.
    await page.getByRole('button', { name: 'Suggest', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Raise hand' }).waitFor({ state: 'detached' });
    await host.getByRole('heading', { name: 'Raised hands' }).waitFor({ state: 'detached' });
    // What everybody keeps, also whoever never joined.
    await page.getByRole('link', { name: 'See the summary' }).click();
    const visitor = await story.visit('/summary');
    for (const reader of [page, visitor]) {
      const steps = reader.getByRole('region', { name: 'How the score changed' });
      await steps.getByRole('row').filter({ hasText: '#1' }).getByText('The start').waitFor();
      expect(await reader.getByRole('heading', { level: 1 }).textContent()).toBe('The end');
      expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(LAPTOP.width);
    }
    // The replay, for whoever never joined too: by keys, on a phone as on a laptop.
    await visitor.getByRole('link', { name: 'Watch the replay' }).first().click();
    const player = visitor.getByRole('region', { name: 'Replay' });
    await player.getByText('No score yet').waitFor();
    await visitor.keyboard.press('End');
    await player.getByText('best so far', { exact: false }).waitFor();
    await player.getByText('# Change a line, run').waitFor();
    await visitor.keyboard.press('Home');
    await visitor.keyboard.press(' ');
    await player.getByRole('button', { name: 'Pause' }).waitFor();
    await visitor.setViewportSize(PHONE);
    expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await visitor.setViewportSize(LAPTOP);
    await visitor.getByRole('link', { name: 'To the summary' }).click();
    await visitor.getByRole('region', { name: 'How the score changed' }).waitFor();
    expect((await visitor.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('link', { name: 'Back to the session' }).click();
    await openTab(page, 'Now');
    await page.reload();
    await openTab(page, 'Code');
    await page.getByText('# Change a line, run').waitFor();
    await openTab(page, 'Results');
    await page.getByRole('spinbutton', { name: 'Age' }).fill('19');
    await page.getByText(/by the model of run #1/).waitFor();

    // The same page in the other languages, as one chooses them beside one's name: nothing is wider than the phone.
    for (const t of [de, fr]) {
      await page.goto(`${story.server.url}${new URL(page.url()).pathname}?language=${t.lang}`);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(t.lang);
      for (const tab of [t.tabs.now, t.tabs.suggestions, t.tabs.data, t.tabs.code, t.tabs.results]) {
        const tabs = page.getByRole('navigation', { name: t.tabs.label });
        await tabs.getByRole('button', { name: tab, exact: true }).click();
        const { wide } = await page.evaluate(lookForFaults, { leastPx: 0, width: PHONE.width });
        expect([tab, wide]).toEqual([tab, []]);
      }
    }
  });
});
