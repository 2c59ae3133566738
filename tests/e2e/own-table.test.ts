// Three tables that nobody prepared, each from the drop of its file to a first score on projector and phone, a parameter that
// is tapped, a patch that is written and the revealed hold-out score.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAPTOP, openWindow, PHONE, PROJECTOR, type Window, withoutBrowser } from '../support/browser.ts';
import { CREATE_KEY } from '../support/story-server.ts';
import { UNPREPARED } from '../support/unprepared-tables.ts';
import { openStory, openTab, type Story } from './story.ts';

const skipped = withoutBrowser();
let story: Story;
// One window of each kind for all three: what a browser keeps of the pages is loaded once.
let [laptop, projector, phone]: Window[] = [];
beforeAll(async () => {
  if (skipped) return;
  story = await openStory('Before a table');
  laptop = await openWindow(story.browser, { viewport: LAPTOP });
  projector = await openWindow(story.browser, { viewport: PROJECTOR });
  phone = await openWindow(story.browser, { viewport: PHONE, touch: true });
});
afterAll(async () => {
  for (const window of [laptop, projector, phone]) await window?.context.close();
  await story?.close();
});

/** Drops a file on the heading of the page: anywhere will do. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([file, base64]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], file!, { type: 'text/csv' }));
      return transfer;
    },
    [name, bytes.toString('base64')],
  );
  for (const type of ['dragover', 'drop']) await page.locator('h1').dispatchEvent(type, { dataTransfer });
}

/** What a preview found, whatever it was. */
const VERDICT = /^(better|worse|same result|within noise|too close to call|not clear|probably better|probably worse)/;
const forbidden = (page: Page, column: string) =>
  page.getByRole('checkbox', { name: `${column}: Must not be an input` });

describe.skipIf(skipped)('a table that nobody prepared', () => {
  it('is refused with its name where it is none', async () => {
    const { page } = laptop!;
    await page.goto(`${story.server.url}/new#${CREATE_KEY}`);
    await page.getByRole('radio', { name: /^Your own table/ }).waitFor();
    await drop(page, 'book.xlsx', Buffer.from('PK\u0003\u0004 xl/workbook.xml'));
    await page.getByText(/This is an Excel workbook/).waitFor();
  });

  it.each(UNPREPARED)('$name goes from drop to revealed hold-out score', async (table) => {
    const [host, shown, tapped] = [laptop!.page, projector!.page, phone!.page];
    // Left first: a page that is still waking up would take the key out of the address.
    await host.goto('about:blank');
    await host.goto(`${story.server.url}/new#${CREATE_KEY}`);
    await host.getByRole('radio', { name: /^Your own table/ }).waitFor();
    const began = performance.now();
    await drop(host, table.name, table.bytes);
    await host
      .getByText(new RegExp(`^${table.rows} rows, `))
      .waitFor()
      .catch(async (error: unknown) => {
        throw new Error(`The table was not taken: ${await host.getByRole('alert').allTextContents()}`, {
          cause: error,
        });
      });
    await host.getByText(table.note).waitFor();
    await host.getByLabel('What is to be predicted?').selectOption({ label: table.target });
    await host.getByLabel('Metric').waitFor();
    for (const column of table.forbidden) await expect.poll(() => forbidden(host, column).isChecked()).toBe(true);
    for (const column of table.allowed) await forbidden(host, column).uncheck();
    await host.getByRole('button', { name: 'Start the session' }).click();
    await host.waitForURL(/\/s\/\w+\/host/);
    const [, id] = /\/s\/(\w+)\//.exec(host.url())!;
    await host.getByRole('dialog', { name: 'Keep this link' }).getByRole('button', { name: 'Done' }).click();
    await shown.goto(`${story.server.url}/s/${id}/projector`);
    const code = shown.getByText(/^[A-Z0-9]{3}\s[A-Z0-9]{3}$/).first();
    const joinCode = (await code.textContent())!.replace(/\s/g, '');
    await shown.keyboard.press('4');
    await tapped.goto(`${story.server.url}/j/${joinCode}`);
    await tapped.getByRole('button', { name: 'Join the session' }).click();
    for (const page of [shown, tapped]) {
      await page
        .getByRole('region', { name: table.metric })
        .first()
        .getByText(/\d/)
        .first()
        .waitFor({ timeout: 60_000 });
    }
    console.log(`${table.name}: ${((performance.now() - began) / 1_000).toFixed(1)} s from drop to score`);

    await tapped.getByRole('button', { name: 'All parameters' }).click();
    const sheet = tapped.getByRole('dialog');
    await sheet.getByLabel('Find a parameter').fill(table.off);
    await sheet.getByRole('button', { name: 'Turn on' }).click();
    await tapped.keyboard.press('Escape');
    await host
      .getByRole('article')
      .getByText(VERDICT)
      .first()
      .waitFor({ timeout: 30_000 })
      .catch(async (error: unknown) => {
        throw new Error(`There is no preview: ${await host.getByRole('article').allTextContents()}`, { cause: error });
      });

    await host.goto(`${story.server.url}/s/${id}`);
    await openTab(host, 'Code');
    await host.getByRole('button', { name: 'Suggest a code change' }).click();
    const composer = host.getByRole('dialog');
    // What opens first is the file that was read, or the course's: this one is YAML.
    await composer.getByRole('tab', { name: 'params.yaml' }).click();
    await composer.getByRole('tab', { name: 'params.yaml', selected: true }).waitFor();
    await composer.locator('.monaco-editor.modified-in-monaco-diff-editor .view-lines').click();
    await host.keyboard.press('Control+End');
    await host.keyboard.type('# Read by everybody.');
    await composer.getByLabel('What does it change, and why?').fill('Say who reads it');
    await composer.getByRole('button', { name: 'Send suggestion' }).click();
    await composer.waitFor({ state: 'hidden' });
    await host.goto(`${story.server.url}/s/${id}/host`);
    await host
      .getByRole('article')
      .filter({ hasText: 'Say who reads it' })
      .getByText('same result')
      .waitFor({ timeout: 30_000 })
      .catch(async (error: unknown) => {
        throw new Error(`The patch was not measured: ${await host.getByRole('article').allTextContents()}`, {
          cause: error,
        });
      });

    await host.getByRole('button', { name: 'Settings' }).click();
    await host.getByRole('button', { name: 'Reveal the hold-out score' }).click();
    await host.getByRole('dialog').getByRole('button', { name: 'Start the countdown' }).click();
    await shown.getByRole('heading', { name: /^Hold-out score of run #/ }).waitFor();
    await openTab(tapped, 'Results');
    await tapped.getByRole('region', { name: 'Hold-out score' }).getByRole('table').waitFor();
    const seen = [laptop!, projector!, phone!].flatMap(({ faults, foreignRequests }) => [
      ...faults,
      ...foreignRequests,
    ]);
    // The browser's own line about the workbook that was refused.
    expect(seen.filter((line) => !/status of 422 .*\/api\/tables\)$/.test(line))).toEqual([]);
  });
});
