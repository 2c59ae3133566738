// Two tables that nobody prepared, from drop to a first score on the projector and on a phone: numbers as a German spreadsheet
// saves them, and classes.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAPTOP, openWindow, PHONE, PROJECTOR, withoutBrowser } from '../support/browser.ts';
import { flatsCsv, shapesCsv } from '../support/odd-tables.ts';
import { CREATE_KEY } from '../support/story-server.ts';
import { openStory, type Story } from './story.ts';

const skipped = withoutBrowser();
let story: Story;
beforeAll(async () => {
  if (!skipped) story = await openStory('Before a table');
});
afterAll(async () => story?.close());

/** The page for a new session, with a file in the field of "Your own table". */
async function newWith(name: string, csv: string): Promise<Page> {
  const { page } = await openWindow(story.browser, { viewport: LAPTOP });
  await page.goto(`${story.server.url}/new#${CREATE_KEY}`);
  await page.getByRole('radio', { name: /^Your own table/ }).check();
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
  return page;
}

const forbidden = (page: Page, column: string) =>
  page.getByRole('checkbox', { name: `${column}: Must not be an input` });

/** Starts it, and looks at its first score from the projector and from a phone that joins. */
async function startAndLook(page: Page, metric: string): Promise<void> {
  await page.getByRole('button', { name: 'Start the session' }).click();
  await page.waitForURL(/\/s\/\w+\/host/);
  await page.getByText('best so far').first().waitFor({ timeout: 60_000 });
  const [, id] = /\/s\/(\w+)\//.exec(page.url())!;
  const projector = await openWindow(story.browser, { viewport: PROJECTOR });
  await projector.page.goto(`${story.server.url}/s/${id}/projector`);
  const code = (await projector.page
    .getByText(/^[A-Z0-9]{3}\s[A-Z0-9]{3}$/)
    .first()
    .textContent())!.replace(/\s/g, '');
  const phone = await openWindow(story.browser, { viewport: PHONE, touch: true });
  await phone.page.goto(`${story.server.url}/j/${code}`);
  await phone.page.getByRole('button', { name: 'Join the session' }).click();
  await projector.page.keyboard.press('4');
  for (const { page: seen } of [projector, phone]) {
    await seen.getByRole('region', { name: metric }).first().waitFor({ timeout: 30_000 });
  }
  expect([...projector.faults, ...phone.faults]).toEqual([]);
  for (const window of [projector, phone]) await window.context.close();
}

describe.skipIf(skipped)('a table of one’s own', () => {
  it('of numbers: what gives the answer away is forbidden with its reason, and the first score is everywhere', async () => {
    const page = await newWith('wohnungen.csv', flatsCsv());
    await page.getByText('120 rows, 7 columns').waitFor();
    await page.getByText('Its numbers have a decimal comma.').waitFor();
    await page.getByLabel('What is to be predicted?').selectOption({ label: 'Preis (€)' });
    await expect.poll(() => forbidden(page, 'Miete').isChecked()).toBe(true);
    await page.getByText(/^Alone explains 100 %/).waitFor();
    expect(await forbidden(page, 'Nr').isChecked()).toBe(true);
    expect(await forbidden(page, 'Ort').isChecked()).toBe(false);
    await forbidden(page, 'Größe (m²)').uncheck();
    expect(await page.getByLabel('Unit').inputValue()).toBe('€');
    await startAndLook(page, 'cv.rmse');
    await page.context().close();
  });

  it('of classes, after a file that is no table was refused with its name', async () => {
    const page = await newWith('book.xlsx', 'PK\u0003\u0004 xl/workbook.xml');
    await page.getByText(/This is an Excel workbook/).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'shapes.csv', mimeType: 'text/csv', buffer: Buffer.from(shapesCsv()) });
    await page.getByLabel('What is to be predicted?').selectOption('shape');
    await page.getByText(/^Classes: /).waitFor();
    await startAndLook(page, 'cv.logLoss');
    await page.context().close();
  });
});
