// What people get back: hands raised again, the credit they asked for, another question, and the room's work to take home.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PublicView } from '#session-core/view/view-types.ts';
import { facilitate, type Person } from '../simulation/participant.ts';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

const succeeded = (runs: PublicView['runs']) =>
  Object.values(runs).filter(({ kind, status }) => kind === 'main' && status === 'succeeded').length;

describe.skipIf(withoutBrowser())('what people get back', () => {
  let story: Story;
  let lead: Person | null = null;
  const home = mkdtempSync(join(tmpdir(), 'take-home-'));
  afterEach(async () => {
    lead?.close();
    lead = null;
    rmSync(home, { recursive: true, force: true });
    await story.close();
  });

  it('hands, credit, the second question and the repository', async () => {
    story = await openStory('Home');
    const { page: host } = await story.host();
    const { page: phone } = await story.join();
    lead = await facilitate(story.server.url, story.made.sessionId, story.made.hostUrl.split('#')[1] ?? '');

    await phone.getByRole('button', { name: /Raise hand/ }).click();
    const hands = host.getByRole('region', { name: 'Raised hands' });
    await hands.getByRole('button', { name: 'Lower', exact: true }).click();
    await phone.getByRole('button', { name: 'Raise hand' }).waitFor();
    await hands.getByRole('button', { name: 'Undo' }).click();
    await phone.getByRole('button', { name: /Hand up, no. 1/ }).waitFor();

    await phone.getByRole('button', { name: /^You are / }).click();
    await phone.getByRole('switch', { name: /Credit me/ }).click();
    await phone.getByLabel('Credit me as').fill('Ada Lovelace');
    await phone.getByRole('button', { name: 'Save' }).click();
    await phone.getByRole('dialog').waitFor({ state: 'detached' });
    await phone.getByRole('button', { name: 'Turn on' }).first().click();
    const view = await lead.until(({ suggestions }) => Object.keys(suggestions).length > 0);
    const [card] = Object.values(view.suggestions);
    await lead.send({ type: 'suggestion.accept', suggestion: card?.id ?? '' });

    await lead.until(({ runs }) => succeeded(runs) === 2);
    await lead.send({ type: 'checkpoint.load', name: '6-second-question' });
    await openTab(phone, 'Now');
    await phone
      .getByText(/final grade once the first of the three grades is known/)
      .first()
      .waitFor();
    await lead.until(({ runs }) => succeeded(runs) === 3);

    await openTab(phone, 'Results');
    const [file] = await Promise.all([
      phone.waitForEvent('download'),
      phone.getByRole('link', { name: 'Git bundle' }).click(),
    ]);
    const bundle = join(home, file.suggestedFilename());
    await file.saveAs(bundle);
    const room = join(home, 'room');
    execFileSync('git', ['clone', '-q', bundle, room], { stdio: 'pipe' });
    const git = (...words: string[]) => execFileSync('git', ['-C', room, ...words], { encoding: 'utf8' }).trim();
    const steps = git('log', '--format=%an|%s', '--reverse').split('\n');
    expect(steps[1]).toBe(`Ada Lovelace|${card?.text}`);
    expect(steps[2]).toMatch(/\|Load the checkpoint 6-second-question$/);
    expect(git('tag')).toBe('run-1\nrun-2\nrun-3');
    expect(readFileSync(join(room, 'src/student.ts'), 'utf8')).toContain('G3');
  });
});
