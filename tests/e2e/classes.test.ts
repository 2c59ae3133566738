// A course of five classes in real browsers: its score in words, a parameter from a phone, probabilities, the reveal.
import { afterEach, describe, expect, it } from 'vitest';
import { facilitate } from '../simulation/participant.ts';
import { withoutBrowser } from '../support/browser.ts';
import { openStory, openTab, type Story, scoreOn } from './story.ts';

describe.skipIf(withoutBrowser())('a course of classes', () => {
  let story: Story;
  afterEach(() => story.close());

  it('from its first score to a tapped parameter, an answer by class and the revealed hold-out score', async () => {
    story = await openStory('Is a hot dog a sandwich?', { course: 'is-it-a-sandwich' });
    const { page: projector } = await story.projector();
    await projector.keyboard.press('4');
    const tile = projector.getByRole('region', { name: 'cv.logLoss' }).first();
    await tile.getByText(/\d+ of 100 right/).waitFor({ timeout: 30_000 });
    const before = await scoreOn(projector, 'cv.logLoss');
    const { page: phone } = await story.join();
    await phone.getByRole('button', { name: 'All parameters' }).click();
    const sheet = phone.getByRole('dialog');
    await sheet.getByLabel('Find a parameter').fill('liquid');
    await sheet.getByRole('button', { name: 'Turn on' }).click();
    await phone.keyboard.press('Escape');

    const { made } = story;
    const facilitator = await facilitate(story.server.url, made.sessionId, made.hostUrl.split('#')[1] ?? '');
    await facilitator.send({ type: 'driver.take' });
    const previewed = await facilitator.until((view) =>
      Object.values(view.suggestions).some(({ preview }) => preview?.verdict !== undefined),
    );
    const [card] = Object.values(previewed.suggestions);
    expect(card?.preview?.verdict).toBe('better');
    expect(await facilitator.send({ type: 'suggestion.accept', suggestion: card?.id ?? '' })).toMatchObject({
      ok: true,
    });
    await expect.poll(() => scoreOn(projector, 'cv.logLoss'), { timeout: 20_000 }).toBeLessThan(before);

    await openTab(phone, 'Results');
    await phone.getByLabel('Layers').selectOption('5');
    await phone
      .getByText(/^\d+ %$/)
      .first()
      .waitFor({ timeout: 20_000 });
    expect(await phone.getByRole('slider').count()).toBe(0);

    await facilitator.send({ type: 'holdout.reveal' });
    await projector.getByRole('heading', { name: /^Hold-out score of run #2/ }).waitFor({ timeout: 20_000 });
    await projector.getByText(/^\d+ of \d+ right$/).waitFor();
    await phone
      .getByRole('region', { name: 'Hold-out score' })
      .getByText(/^\d+ of \d+ right$/)
      .last()
      .waitFor();
    facilitator.close();
  });
});
