// Two tabs of one participant: they count as one person, and one of them drives. A reload keeps the driver role, a
// duplicated tab does not get it.
import { afterEach, describe, expect, it } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story, suggest } from './story.ts';

describe.skipIf(withoutBrowser())('tabs', () => {
  let story: Story;
  afterEach(async () => {
    await story.close();
  });

  it('the driver role belongs to one tab: it survives a reload; a duplicated tab is read-only until it takes over', async () => {
    story = await openStory('Tabs');
    const { page: drive } = await story.drive();
    const tabOf = (page: typeof drive) => page.evaluate(() => sessionStorage.getItem('cp-tab'));
    const own = await tabOf(drive);
    await drive.reload();
    await drive.getByText('Saved', { exact: true }).waitFor();
    expect(await tabOf(drive)).toBe(own);
    expect(await drive.getByRole('button', { name: 'Drive in this tab' }).count()).toBe(0);

    // A page opened by a page starts with a copy of its sessionStorage, as a duplicated tab does.
    const [copy] = await Promise.all([
      drive.context().waitForEvent('page'),
      drive.evaluate(() => void window.open(location.href)),
    ]);
    await copy.getByText('You are driving in another tab').waitFor();
    expect(await tabOf(copy)).not.toBe(own);
    expect(await tabOf(drive)).toBe(own);
    await copy.getByText('Read-only', { exact: true }).waitFor();
    await drive.getByText('Saved', { exact: true }).waitFor();

    await copy.getByRole('button', { name: 'Drive in this tab' }).click();
    await copy.getByText('Saved', { exact: true }).waitFor();
    await drive.getByText('You are driving in another tab').waitFor();
    await drive.getByText('Read-only', { exact: true }).waitFor();
  });

  it('two tabs of a participant are one person with one vote, seen in both', async () => {
    story = await openStory('One person');
    const { page: host } = await story.host();
    const one = await story.join();
    const two = await story.beside(one, '');
    await two.getByRole('button', { name: 'Suggest' }).first().waitFor();
    const names = await Promise.all(
      [one.page, two].map((page) => page.getByRole('button', { name: /^You are / }).getAttribute('aria-label')),
    );
    expect(names[0]).toBe(names[1]);
    await host.getByText(/^1 (person|people) online$/).waitFor({ state: 'attached' });

    const other = await story.join();
    await suggest(other.page, 'Count the absences in weeks');
    for (const page of [one.page, two]) await openTab(page, 'Suggestions');
    await one.page.getByRole('button', { name: 'Upvote “Count the absences in weeks”' }).click();
    await two.getByRole('button', { name: 'Remove your vote for “Count the absences in weeks”' }).click();
    await one.page.getByRole('button', { name: 'Upvote “Count the absences in weeks”' }).waitFor();
    const card = host.getByRole('article').filter({ hasText: 'Count the absences in weeks' });
    await card.getByText('1', { exact: true }).first().waitFor();
  });
});
