// `crowd suggest` and `crowd preview`: what was changed here as a patch, for everybody or for oneself, and what it does to
// the score.
import { LIMITS } from '#session-core/model/limits.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { readBase } from '../folder/base.ts';
import { findRoot, membershipOf } from '../folder/membership.ts';
import { secondsOf } from '../program/arguments.ts';
import { Failure } from '../program/failure.ts';
import { type Output, shown } from '../program/output.ts';
import { checkLines, checksFailed, checksOver } from '../server/check-lines.ts';
import { connect, type Live, newTab } from '../server/live.ts';
import { failed, isOver, plain, previewLines } from '../server/preview-lines.ts';
import { changeLine, changesOf, noteLeftOut, patchHere } from './changes.ts';
import type { Command } from './context.ts';

const WAIT_S = 120;
/** Checks of the code take a second, and longer where the server has runs to perform, which come first. */
const CHECKS_MS = 30_000;

export const suggest: Command = async ({ words, options, output, folder }) => {
  const sentence = (words[0] ?? '').trim();
  if (sentence === '')
    throw new Failure(
      'usage',
      'What do your changes do? The sentence is missing.',
      'For example: crowd suggest "Scale the inputs"',
    );
  if (sentence.length > LIMITS.suggestion)
    throw new Failure(
      'text_length',
      `A suggestion has at most ${LIMITS.suggestion} characters, and this one has ${sentence.length}.`,
      'Make it one sentence; the patch says the rest.',
    );
  const wait = options['no-wait'] === true ? 0 : secondsOf(options.timeout, WAIT_S) * 1000;
  const root = findRoot(folder);
  const base = readBase(root);
  const { patch, local } = patchHere(root, base);
  noteLeftOut(local.leftOut, output);
  const live = await connect(membershipOf(root), newTab());
  try {
    for (const change of changesOf(base.files, local.files)) output.note(changeLine(change));
    const id = await live.command({ type: 'suggestion.add', text: sentence, patch });
    if (id === undefined) throw new Failure('unreadable', 'The server did not say which suggestion it made.');
    const card = await live.until(() => suggestionOf(live, id), 10_000);
    const pending = card?.status === 'pending' ? ' A facilitator looks at it first; only you see it so far.' : '';
    output.line(`Sent as a suggestion: "${shown(sentence)}".${pending}`);
    if (wait === 0 || card === null) {
      output.value({ suggestion: id, status: card?.status ?? 'unknown' });
      return 0;
    }
    await demandPreview(live, id, card, output);
    output.note('Waiting for its preview (Ctrl-C stops waiting, not the suggestion) ...');
    await live.until(() => decided(suggestionOf(live, id)), wait);
    const end = await live.until(() => checked(suggestionOf(live, id)), Math.min(wait, CHECKS_MS));
    return report(live, end ?? suggestionOf(live, id) ?? card, output);
  } finally {
    live.close();
  }
};

export const preview: Command = async ({ options, output, folder }) => {
  const root = findRoot(folder);
  const { patch, local } = patchHere(root, readBase(root));
  noteLeftOut(local.leftOut, output);
  const live = await connect(membershipOf(root), newTab());
  try {
    const before = live.you().draftPreview?.run;
    const asked = JSON.stringify(patch);
    const run = await live.command({ type: 'preview.request', patch });
    output.note('The session runs your changes; nobody else sees them ...');
    const own = () => {
      const now = live.you().draftPreview;
      const mine = now !== undefined && (now.run === run || now.run !== before || JSON.stringify(now.patch) === asked);
      return mine && isOver(now) ? now : undefined;
    };
    const found = await live.until(own, secondsOf(options.timeout, WAIT_S) * 1000);
    if (found === null)
      throw new Failure('timeout', 'The preview takes longer.', 'Try again later: an equal preview is not run twice.');
    for (const line of previewLines(live.view().task, found)) output.line(line);
    output.value({ preview: plain(found) });
    return failed(found) ? 2 : 0;
  } finally {
    live.close();
  }
};

const suggestionOf = (live: Live, id: string): SuggestionView | undefined =>
  live.view().suggestions[id] ?? live.you().own[id];

/** Its preview has ended, or none will come. */
function decided(card: SuggestionView | undefined): SuggestionView | undefined {
  if (card === undefined) return undefined;
  const over = card.preview !== undefined && isOver(card.preview);
  return over || card.patch?.state === 'conflict' || (card.status !== 'open' && card.status !== 'pending')
    ? card
    : undefined;
}

/** Or there is nothing to wait for: a patch that does not apply, or is decided on, is not checked. */
function checked(card: SuggestionView | undefined): SuggestionView | undefined {
  if (card === undefined) return undefined;
  const decidedOn = card.status !== 'open' && card.status !== 'pending';
  return decidedOn || card.patch?.state === 'conflict' || checksOver(card.checks) ? card : undefined;
}

/** Where the session does not preview every suggestion by itself, its author asks for it. */
async function demandPreview(live: Live, id: string, card: SuggestionView, output: Output): Promise<void> {
  if (card.patch?.state === 'conflict' || card.preview !== undefined) return;
  try {
    await live.command({ type: 'preview.request', suggestion: id });
  } catch (error) {
    // It comes by itself, or somebody has asked already: what will be seen says more.
    if (!(error instanceof Failure)) throw error;
    output.note(`No preview was asked for: ${error.message}`);
  }
}

function report(live: Live, card: SuggestionView, output: Output): number {
  const conflict = card.patch?.state === 'conflict';
  const checksFail = checksFailed(card.checks);
  if (card.checks !== undefined) for (const line of checkLines(card.checks)) output.line(line);
  output.value({
    suggestion: card.id,
    status: card.status,
    patch: card.patch?.state,
    checks: card.checks,
    preview: card.preview && plain(card.preview),
  });
  if (conflict) {
    output.line(
      `It conflicts with the code of now (${shown(card.patch?.file ?? '')}:${card.patch?.line ?? 1}): crowd pull, and suggest again.`,
    );
    return 2;
  }
  if (card.preview === undefined || !isOver(card.preview)) {
    output.line('Its preview is not there yet: crowd status shows it later.');
    return checksFail ? 2 : 0;
  }
  for (const line of previewLines(live.view().task, card.preview)) output.line(line);
  if (card.status !== 'open' && card.status !== 'pending') output.line(`It was ${card.status}.`);
  return checksFail || failed(card.preview) ? 2 : 0;
}
