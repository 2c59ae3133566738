// What a page works out of the questions to everybody: which is open, shares of the choices, words by how many said them.
import type { Id } from '../model/types.ts';
import type { PollView, PublicView } from '../view/view-types.ts';

type Polls = Pick<PublicView, 'polls'>;

/** Newest first. */
export const pollsByTime = ({ polls }: Polls): readonly PollView[] =>
  Object.values(polls).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));

export const openPoll = ({ polls }: Polls): PollView | undefined => Object.values(polls).find(({ open }) => open);

/** Of each choice, whole percent of those who answered; 0 where nobody did. */
export function sharesOf({ counts = [] }: PollView): readonly number[] {
  const all = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n) => (all === 0 ? 0 : Math.round((100 * n) / all)));
}

export interface PollWord {
  /** Names the answer to `poll.hideAnswer`. */
  readonly key: Id;
  readonly text: string;
  readonly count: number;
  readonly hidden?: true;
}

/** Most said first. */
export const wordsOf = ({ words = {} }: PollView): readonly PollWord[] =>
  Object.entries(words)
    .map(([key, word]) => ({ key, ...word }))
    .sort((a, b) => b.count - a.count || Number(a.key) - Number(b.key));
