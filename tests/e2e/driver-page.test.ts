// The driver's page by keyboard: a shortcut applies a suggestion without leaving the editor, Escape leaves the editor, and
// an unfinished patch survives closing its dialog.
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { tapPatch } from '../simulation/param-patch.ts';
import { facilitate, joinAs, type Person } from '../simulation/participant.ts';
import { LAPTOP, withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

async function params(story: Story): Promise<string> {
  const response = await fetch(`${story.server.url}/api/sessions/${story.made.sessionId}/files`);
  const { files } = (await response.json()) as { files: Record<string, string> };
  return files['params.yaml'] ?? '';
}

/** A suggestion with a one-line patch of params.yaml, sent over a plain socket. */
async function tap(story: Story, author: Person, key: string): Promise<string> {
  const patch = await tapPatch(story.server.url, author, { key, value: 'true', text: `Use ${key}` });
  const ack = await author.send({ type: 'suggestion.add', text: `Use ${key}`, ...(patch ? { patch } : {}) });
  if (!ack.ok) throw new Error(ack.rejection.message);
  return ack.about ?? '';
}

async function typeIntoEditor(drive: Page, text: string): Promise<void> {
  await drive.locator('.monaco-editor .view-lines').first().click();
  await drive.keyboard.press('Control+Home');
  await drive.keyboard.press('End');
  await drive.keyboard.type(text, { delay: 10 });
}

/** The first press may close a list of completions, the next leaves the editor. */
async function leaveEditor(page: Page): Promise<void> {
  const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
  for (let presses = 0; presses < 3 && (await inside()); presses++) await page.keyboard.press('Escape');
  expect(await inside()).toBe(false);
}

describe.skipIf(withoutBrowser())('the driver page by keyboard', () => {
  let story: Story;
  const people: Person[] = [];
  afterEach(async () => {
    for (const person of people.splice(0)) person.close();
    await story.close();
  });

  it('applies the top patch, then the pinned one, from inside the editor; after Escape, "a" does', async () => {
    story = await openStory('One shortcut');
    const { page: drive } = await story.drive();
    const author = await joinAs(story.server.url, story.made.joinCode, 'Brisk Heron');
    const facilitator = await facilitate(
      story.server.url,
      story.made.sessionId,
      story.made.hostUrl.split('#')[1] ?? '',
    );
    people.push(author, facilitator);
    const [first, , third] = [
      await tap(story, author, 'columns.failures'),
      await tap(story, author, 'columns.higher'),
      await tap(story, author, 'columns.Medu'),
    ];
    await facilitator.send({ type: 'suggestion.upvote', suggestion: first });
    const cards = drive.getByRole('article');
    await cards.first().getByText('Use columns.failures').waitFor();
    expect(await cards.first().getByRole('button', { name: 'Apply' }).getAttribute('aria-keyshortcuts')).toBe(
      'Control+Shift+Enter',
    );
    expect(await cards.nth(1).getByRole('button', { name: 'Apply' }).getAttribute('aria-keyshortcuts')).toBeNull();

    await typeIntoEditor(drive, ' typed,');
    await drive.keyboard.press('Control+Shift+Enter');
    await expect.poll(() => params(story)).toContain('failures: true');
    await drive.keyboard.type(' and on', { delay: 10 });
    await expect.poll(() => params(story)).toMatch(/^#.* typed, and on\n#/);
    expect(await params(story)).toContain('higher: false');

    await facilitator.send({ type: 'suggestion.pin', suggestion: third });
    await drive.getByText('Now implementing').waitFor();
    await drive.keyboard.press('Control+Shift+Enter');
    await expect.poll(() => params(story)).toContain('Medu: true');
    expect(await params(story)).toContain('higher: false');

    // Nothing moves by itself: what is applied stays, until the driver asks for the new order.
    await expect.poll(() => cards.first().textContent()).toContain('Use columns.failures');
    await drive.getByRole('button', { name: 'Order changed: update' }).click();
    await cards.first().getByText('Use columns.higher').waitFor();
    await typeIntoEditor(drive, '');
    await leaveEditor(drive);
    // Right behind the editor the same key may be one of a word.
    await drive.keyboard.press('a');
    await drive.getByText('Key “a” ignored: ').waitFor();
    expect(await params(story)).toContain('higher: false');
    await drive.waitForTimeout(2_100);
    await drive.keyboard.press('a');
    await expect.poll(() => params(story)).toContain('higher: true');
    await drive.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => params(story)).toContain('higher: false');
    await cards.first().getByRole('button', { name: 'Apply' }).waitFor();
    // Right behind the last one, it would be a key that was pressed twice.
    await drive.waitForTimeout(1_000);
    await drive.keyboard.press('a');
    await expect.poll(() => params(story)).toContain('higher: true');
    expect(await params(story)).toMatch(/^#.* typed, and on\n#/);

    await expect.poll(() => cards.getByRole('button', { name: 'Apply' }).count()).toBe(0);
    await drive.keyboard.press('a');
    await drive.getByText('Nothing to apply').waitFor();
    await drive.keyboard.press('?');
    await drive.getByRole('dialog').getByText('The same, also while typing').waitFor();
  });

  it('keeps a half-written patch: Escape first leaves its editor, then the dialog, and nothing is lost by it', async () => {
    story = await openStory('Half written');
    const { page } = await story.join(LAPTOP);
    await openTab(page, 'Code');
    const open = page.getByRole('button', { name: 'Suggest a code change' });
    await open.click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('tab', { name: 'train.ts', exact: true }).click();
    const right = sheet.locator('.monaco-editor.modified-in-monaco-diff-editor .view-lines');
    await right.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type("console.log('half a thought');", { delay: 5 });
    // None of its presses closes the dialog.
    await leaveEditor(page);
    await sheet.waitFor();
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('label')?.textContent ?? ''))
      .toBe('What does it change, and why?');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await open.click();
    await sheet.getByRole('tab', { name: 'train.ts', exact: true }).click();
    await right.getByText('half a thought').waitFor();
    await sheet.getByRole('button', { name: 'Start over' }).click();
    await sheet.getByRole('tab', { name: 'train.ts', exact: true }).click();
    await right.getByText('learned from').waitFor();
    expect(await right.getByText('half a thought').count()).toBe(0);

    // Code that is no TypeScript cannot be sent, not even in the moment before it is checked.
    await sheet.getByLabel('What does it change, and why?').fill('Half a line');
    await page.evaluate(() => {
      const send = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Send suggestion')!;
      new MutationObserver(() => {
        if (!send.disabled) document.body.dataset['sendable'] = 'yes';
      }).observe(send, { attributes: true });
    });
    await right.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('const half =');
    await sheet.getByText(/problems? in the code: fix/).waitFor();
    expect(await page.evaluate(() => document.body.dataset['sendable'])).toBeUndefined();
  });

  it('takes a long text that comes as one piece of typing as it is, and refuses one that is too long', async () => {
    story = await openStory('Dictated', { failsRequests: true });
    const { page: drive } = await story.drive();
    await drive.getByRole('tab', { name: 'params.yaml' }).click();
    await drive.locator('.monaco-editor .view-lines').first().click();
    await drive.keyboard.press('Control+Home');
    // Typed letter by letter, each bracket would be closed and each line indented.
    const text = `${Array.from({ length: 60 }, (_, i) => `  # said ${i}: ( [ {`).join('\n')}\n`;
    await drive.keyboard.insertText(text);
    await expect.poll(() => params(story), { timeout: 20_000 }).toMatch(/^ {2}# said 0/);
    expect((await params(story)).startsWith(text)).toBe(true);
    await drive.keyboard.insertText('x'.repeat(230_000));
    await drive
      .getByText(/may have 200 kB/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await params(story)).not.toContain('xxxx');
    // Keys are typed as ever.
    await drive.keyboard.type('# by keys ');
    await expect.poll(() => params(story), { timeout: 20_000 }).toContain('# by keys ');
  });

  it('a dialog takes the focus to its first field, and gives it back to where it was, or to the page', async () => {
    story = await openStory('Focus');
    const host = await story.host();
    const { page } = await story.join(LAPTOP);
    const focused = () =>
      page.evaluate(() => (document.activeElement?.id || document.activeElement?.textContent || '').trim());
    await page.getByRole('button', { name: 'Raise hand' }).focus();
    await page.waitForTimeout(2_100);
    await page.keyboard.press('s');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.type('Count the absences in weeks');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(focused).toBe('Raise hand');

    // The button that opened it is gone with the card: then the page has the focus.
    const card = host.page.getByRole('article').filter({ hasText: 'Count the absences in weeks' });
    await card.getByRole('button', { name: 'Decline' }).press('Enter');
    await host.page.getByRole('dialog').getByRole('button', { name: 'Later', exact: true }).press('Enter');
    await host.page.getByText('Declined: ').first().waitFor();
    await expect.poll(() => host.page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });
});
