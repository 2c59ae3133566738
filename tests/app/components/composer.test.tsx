// Writing a suggestion: nothing typed is lost, and whoever is refused learns why and when to try again.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Composer } from '#app/_features/suggestions/composer.tsx';
import { useAct } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import { LIMITS, SUGGESTION_PACE } from '#session-core/model/limits.ts';
import { ANNA, BEN, HOST, start, withSuggestion } from '../../session-core/kit.ts';
import { openSession, stopClock } from './session.tsx';

const area = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t.compose.label });
const send = (name: string = t.compose.send) => screen.getByRole<HTMLButtonElement>('button', { name });
const TEXT = 'scale the inputs before knn';

it('sends what was typed, says so and is empty again', async () => {
  const session = openSession();
  const { user } = await session.show(ANNA, <Composer />);
  expect(send().disabled).toBe(true);
  await user.type(area(), `  ${TEXT} `);
  expect(screen.getByText(t.compose.left(LIMITS.suggestion - TEXT.length))).toBeDefined();
  await user.click(send());
  expect(session.sent).toEqual([{ type: 'suggestion.add', text: TEXT }]);
  expect(Object.values(session.state().suggestions).map(({ text }) => text)).toEqual([TEXT]);
  expect(area().value).toBe('');
  expect(screen.getByText(t.compose.sent)).toBeDefined();
});

it('sends along what the author looked at, unless they leave it out', async () => {
  const expression = { code: "df.groupby(['school']).mean()", table: 'data/raw/students.csv', as: 'chart' } as const;
  for (const shows of [true, false]) {
    const session = openSession();
    const { user, leave } = await session.show(ANNA, <Composer start={TEXT} expression={expression} />);
    const choice = screen.getByRole('checkbox', { name: `${t.compose.shows.chart} ${expression.code}` });
    if (!shows) await user.click(choice);
    await user.click(send());
    expect(session.sent).toEqual([{ type: 'suggestion.add', text: TEXT, ...(shows ? { expression } : {}) }]);
    leave();
  }
});

it('sends by Ctrl+Enter, once, however often it is pressed while the answer is on its way', async () => {
  const session = openSession();
  const { user } = await session.show(ANNA, <Composer />);
  await user.type(area(), TEXT);
  const release = session.hold();
  await user.keyboard('{Control>}{Enter}{Enter}{/Control}');
  expect(send(t.compose.sending).disabled).toBe(true);
  await release();
  expect(session.sent).toHaveLength(1);
  expect(area().value).toBe('');
});

it('says that the facilitator looks first where that is so', async () => {
  const session = openSession();
  await session.say(HOST, { type: 'session.configure', approveFirst: true });
  const { user } = await session.show(ANNA, <Composer />);
  await user.type(area(), TEXT);
  await user.click(send());
  expect(screen.getByText(t.compose.sentWaits)).toBeDefined();
});

it('counts characters as people do, and does not send more than fit', async () => {
  const session = openSession();
  const { user } = await session.show(ANNA, <Composer />);
  await user.click(area());
  await user.paste('👩'.repeat(LIMITS.suggestion));
  expect(screen.getByText(t.compose.left(0))).toBeDefined();
  expect(send().disabled).toBe(false);
  await user.clear(area());
  await user.paste('x'.repeat(LIMITS.suggestion + 1));
  expect(screen.getByText('1 character too many')).toBeDefined();
  expect(send().disabled).toBe(true);
});

describe('a draft', () => {
  it('is there again after a reload, until it was sent', async () => {
    const session = openSession();
    const first = await session.show(ANNA, <Composer />);
    await first.user.type(area(), TEXT);
    first.leave();
    const second = await session.show(ANNA, <Composer />);
    expect(area().value).toBe(TEXT);
    await second.user.click(send());
    second.leave();
    await session.show(ANNA, <Composer />);
    expect(area().value).toBe('');
  });

  it('is kept where it is refused, with the reason', async () => {
    const session = openSession();
    await session.say(HOST, { type: 'session.configure', frozen: true });
    const { user } = await session.show(ANNA, <Composer />);
    await user.type(area(), TEXT);
    await user.click(send());
    expect(area().value).toBe(TEXT);
    expect(screen.getByText(t.rejections.frozen({}))).toBeDefined();
  });

  it('waits out a limit with the seconds counting down, and then goes', async () => {
    const pass = stopClock(60_000);
    const session = openSession();
    const { user } = await session.show(ANNA, <Composer />);
    await user.type(area(), TEXT);
    session.refuseNext('rate_limited', { seconds: 3 });
    await user.click(send());
    await pass(0);
    expect(send(t.compose.wait(3)).disabled).toBe(true);
    expect(screen.getByText(t.compose.tooFast)).toBeDefined();
    await pass(1_000);
    expect(send(t.compose.wait(2)).disabled).toBe(true);
    await pass(1_000);
    await pass(1_000);
    expect(screen.queryByText(t.compose.tooFast)).toBeNull();
    expect(area().value).toBe(TEXT);
    await user.click(send());
    await pass(0);
    expect(area().value).toBe('');
    expect(session.sent).toHaveLength(2);
  });
});

it('says before the last one of a burst that it is, and counts down before the next without having been refused', async () => {
  const pass = stopClock(60_000);
  const session = openSession();
  const { user } = await session.show(ANNA, <Composer />);
  const { burst, perSecond } = SUGGESTION_PACE;
  for (let n = 1; n < burst; n += 1) {
    await user.type(area(), `suggestion ${n}`);
    await user.click(send());
    await pass(0);
  }
  expect(screen.getByText(t.compose.lastOne(1 / perSecond))).toBeDefined();
  await user.type(area(), TEXT);
  await user.click(send());
  await pass(0);
  await user.type(area(), 'one more');
  expect(send(t.compose.wait(1 / perSecond)).disabled).toBe(true);
  expect(area().value).toBe('one more');
  await pass(1_000 / perSecond);
  await user.click(send());
  await pass(0);
  expect(session.sent).toHaveLength(burst + 1);
});

const TAP = { type: 'suggestion.add', text: 'set trees to 200' } as const;
function Tap() {
  const act = useAct();
  return (
    <button type="button" onClick={() => void act(TAP)}>
      {'tap'}
    </button>
  );
}

it('counts what was suggested elsewhere on the page: patches and taps on parameters are suggestions, too', async () => {
  const pass = stopClock(60_000);
  const session = openSession();
  const page = (
    <>
      <Tap />
      <Composer />
    </>
  );
  const { user } = await session.show(ANNA, page);
  for (let n = 0; n < SUGGESTION_PACE.burst; n += 1) {
    await user.click(screen.getByRole('button', { name: 'tap' }));
    await pass(0);
  }
  await user.type(area(), TEXT);
  expect(send(t.compose.wait(1 / SUGGESTION_PACE.perSecond)).disabled).toBe(true);
});

it('offers what says the same already, to vote for instead', async () => {
  const [state, id] = withSuggestion(start(), { by: BEN, text: 'scale inputs before knn' });
  const session = openSession(state);
  const { user } = await session.show(ANNA, <Composer />);
  await user.type(area(), 'grow');
  expect(screen.queryByText(t.compose.similar)).toBeNull();
  await user.clear(area());
  await user.type(area(), TEXT);
  expect(screen.getByText(t.compose.similar)).toBeDefined();
  await user.click(
    screen.getByRole('button', { name: (name) => name.startsWith(t.card.vote('scale inputs before knn')) }),
  );
  expect(session.sent).toEqual([{ type: 'suggestion.upvote', suggestion: id }]);
  expect(area().value).toBe(TEXT);
});
