// What everybody answered: a bar for each choice, or the words of an open question, larger where more said them.
import type { CSSProperties, ReactNode } from 'react';
import { t } from '#app/_strings/strings.ts';
import { type PollWord, sharesOf, wordsOf } from '#session-core/client/polls.ts';
import type { PollView } from '#session-core/view/view-types.ts';
import s from './poll.module.css';

export function PollResults({ poll }: { readonly poll: PollView }) {
  return poll.choices === null ? <PollWords poll={poll} /> : <PollBars poll={poll} choices={poll.choices} />;
}

function PollBars({ poll, choices }: { readonly poll: PollView; readonly choices: readonly string[] }) {
  const shares = sharesOf(poll);
  return (
    <ul className={s['bars']}>
      {choices.map((choice, i) => (
        <li key={choice}>
          <bdi>{choice}</bdi>
          <span className={s['track']}>
            <span style={{ inlineSize: `${shares[i]}%` }} />
          </span>
          <b translate="no">{t.poll.of(poll.counts?.[i] ?? 0, shares[i] ?? 0)}</b>
        </li>
      ))}
    </ul>
  );
}

/** `actions`: beside each, for the facilitator. */
export function PollWords(props: {
  readonly poll: PollView;
  readonly most?: number;
  readonly actions?: (word: PollWord) => ReactNode;
}) {
  const words = wordsOf(props.poll).slice(0, props.most);
  const top = words[0]?.count ?? 1;
  return (
    <ul className={s['words']} aria-label={t.poll.answered}>
      {words.map((word) => (
        <li key={word.key} data-hidden={word.hidden === true} style={{ '--weight': word.count / top } as CSSProperties}>
          <bdi>{word.text}</bdi> {word.count > 1 ? <small translate="no">{word.count}</small> : null}
          {word.hidden ? <small>{t.poll.hidden}</small> : null}
          <span>{props.actions?.(word)}</span>
        </li>
      ))}
    </ul>
  );
}
