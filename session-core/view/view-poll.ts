// What of the questions to everybody leaves the server: counts, and the words of open questions without who said them.
import type { Poll } from '../model/poll.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { sameWords } from '../rules/poll.ts';
import { own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import type { PollView, YouView } from './view-types.ts';

/** Of an open question, the most frequent. */
const MOST_WORDS = 100;

const publicPolls = shared<PollView>();
const allPolls = shared<PollView>();
const lists = {
  public: shared<Readonly<Record<Id, PollView>>>(),
  facilitator: shared<Readonly<Record<Id, PollView>>>(),
};

export const pollsView = (state: SessionState, kind: 'public' | 'facilitator'): Readonly<Record<Id, PollView>> =>
  lists[kind](state.polls, [state.status], () =>
    Object.fromEntries(
      Object.entries(state.polls).map(([id, poll]) => [
        id,
        (kind === 'public' ? publicPolls : allPolls)(poll, [state.status], () =>
          pollView(id, poll, state.status, kind),
        ),
      ]),
    ),
  );

function pollView(id: Id, poll: Poll, status: SessionState['status'], kind: 'public' | 'facilitator'): PollView {
  const { question, choices, at, closedAt } = poll;
  const answers = Object.values(poll.answers);
  const shown = answers.filter((answer) => kind === 'facilitator' || !('hidden' in answer));
  const head = { id, question, at, open: closedAt === null && status === 'open', answers: shown.length };
  if (choices !== null) {
    const counts = choices.map((_, i) => answers.filter((answer) => 'choice' in answer && answer.choice === i).length);
    return { ...head, choices, counts };
  }
  const groups = new Map<string, { seq: number; text: string; count: number; hidden?: true }>();
  for (const answer of shown) {
    if (!('text' in answer)) continue;
    const { seq, text, hidden } = answer;
    const key = sameWords(text);
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, { seq, text, count: 1, ...(hidden ? { hidden } : {}) });
  }
  const most = [...groups.values()].sort((a, b) => b.count - a.count || a.seq - b.seq).slice(0, MOST_WORDS);
  return {
    ...head,
    choices: null,
    words: Object.fromEntries(most.map(({ seq, ...word }) => [String(seq), word])),
  };
}

/** A participant's own answers. */
export function answersOf({ polls }: SessionState, participant: Id): YouView['answers'] {
  const answers = Object.entries(polls).flatMap(([id, poll]) => {
    const answer = own(poll.answers, participant);
    if (!answer) return [];
    const { seq: _, ...said } = answer;
    return [[id, said] as const];
  });
  return answers.length > 0 ? Object.fromEntries(answers) : undefined;
}
