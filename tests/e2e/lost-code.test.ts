// A network that fails while a part of a page loads its code: the part says so, and the page stays.
import { afterEach, describe, it } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

describe.skipIf(withoutBrowser())('code that does not arrive', () => {
  let story: Story;
  afterEach(async () => {
    await story.close();
  });

  it('a tab says that it could not be loaded, the other tabs stay, and it loads at a press', async () => {
    story = await openStory('Lost code', { failsRequests: true });
    const { page } = await story.join();
    const chunks = '**/_next/static/**';
    await page.route(chunks, (route) => route.abort());
    await openTab(page, 'Results');
    const note = page.getByText('This part of the page could not be loaded.');
    await note.waitFor();
    await openTab(page, 'Suggestions');
    await note.waitFor({ state: 'detached' });
    await openTab(page, 'Results');
    await note.waitFor();
    await page.unroute(chunks);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Charts' }).waitFor();
  });
});
