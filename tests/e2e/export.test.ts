// What participants get back: a hand raised again by Undo, the credit they asked for, and the exported repository.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { PublicView } from '#session-core/view/view-types.ts';
import { violationsOn } from '../screenshots/axe.ts';
import { facilitate, type Person } from '../simulation/participant.ts';
import { listen, withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story } from './story.ts';

const succeeded = (runs: PublicView['runs']) =>
  Object.values(runs).filter(({ kind, status }) => kind === 'main' && status === 'succeeded').length;

describe.skipIf(withoutBrowser())('what people get back', () => {
  let story: Story;
  let facilitator: Person | null = null;
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  afterEach(async () => {
    facilitator?.close();
    facilitator = null;
    rmSync(folder, { recursive: true, force: true });
    await story.close();
  });

  it('hands, credit, the second question and the repository', async () => {
    story = await openStory('Export');
    const { page: host } = await story.host();
    const { page: phone } = await story.join();
    facilitator = await facilitate(story.server.url, story.made.sessionId, story.made.hostUrl.split('#')[1] ?? '');

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
    const view = await facilitator.until(({ suggestions }) => Object.keys(suggestions).length > 0);
    const [card] = Object.values(view.suggestions);
    await facilitator.send({ type: 'suggestion.accept', suggestion: card?.id ?? '' });

    await facilitator.until(({ runs }) => succeeded(runs) === 2);
    await facilitator.send({ type: 'checkpoint.load', name: '6-second-question' });
    await openTab(phone, 'Now');
    await phone
      .getByText(/final grade once the first of the three grades is known/)
      .first()
      .waitFor();
    await facilitator.until(({ runs }) => succeeded(runs) === 3);

    await openTab(phone, 'Results');
    const [file] = await Promise.all([
      phone.waitForEvent('download'),
      phone.getByRole('link', { name: 'Git bundle' }).click(),
    ]);
    const bundle = join(folder, file.suggestedFilename());
    await file.saveAs(bundle);
    const repository = join(folder, 'session');
    execFileSync('git', ['clone', '-q', bundle, repository], { stdio: 'pipe' });
    const git = (...words: string[]) => execFileSync('git', ['-C', repository, ...words], { encoding: 'utf8' }).trim();
    const steps = git('log', '--format=%an|%s', '--reverse', '--first-parent').split('\n');
    expect(steps[1]).toBe(`Ada Lovelace|${card?.text}`);
    expect(steps[2]).toMatch(/\|Load the checkpoint 6-second-question$/);
    expect(git('tag')).toBe('run-1\nrun-2\nrun-3');
    expect(readFileSync(join(repository, 'src/student.ts'), 'utf8')).toContain('G3');

    // The report opens from the disk without any network, and its replay plays.
    const away = await phone.context().browser()!.newContext({ offline: true });
    const report = await away.newPage();
    const { faults } = listen(report);
    const asked: string[] = [];
    report.on('request', (request) => asked.push(request.url()));
    await report.goto(pathToFileURL(join(repository, 'reports/report.html')).href);
    expect(await report.getByRole('img', { name: /cv\.rmse of 1 run,/ }).count()).toBe(1);
    expect(await report.locator('#replay-said').textContent()).toMatch(/Run 3: /);
    expect(await report.locator('#replay-score').textContent()).toMatch(/^Score: cv\.rmse \d\.\d+ \(run 3\)$/);
    // From its end it begins anew, with what there was first; the keyboard does it as well.
    await report.getByRole('button', { name: 'Play' }).press('Space');
    expect(await report.locator('#replay-said').textContent()).toBe('0:00 Starting point');
    expect(await report.locator('#replay-score').textContent()).toBe('No score yet');
    await report.getByRole('button', { name: 'Pause' }).press('Enter');
    expect([asked.length, faults]).toEqual([1, []]);
    // As dark as the browser is, figures too; light on paper all the same.
    const ground = async (media: 'screen' | 'print', colorScheme: 'light' | 'dark') => {
      await report.emulateMedia({ media, colorScheme });
      const style = (selector: string, name: 'backgroundColor' | 'fill') =>
        report
          .locator(selector)
          .first()
          .evaluate((element, of) => getComputedStyle(element)[of], name);
      return [await style('body', 'backgroundColor'), await style('figure rect', 'fill')];
    };
    expect(await ground('screen', 'dark')).toEqual(['rgb(14, 24, 27)', 'rgb(14, 24, 27)']);
    expect(await violationsOn(report)).toEqual([]);
    expect(await ground('print', 'dark')).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
    expect(await ground('screen', 'light')).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
    expect(await violationsOn(report)).toEqual([]);
    await away.close();
  });
});
