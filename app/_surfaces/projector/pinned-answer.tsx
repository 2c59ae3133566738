// What a pinned suggestion asks the room to look at: its words, its expression and the answer, large.

import { useMemo } from 'react';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { CodeText } from '../../_features/editor/code-text.tsx';
import { VoteCount } from '../../_features/suggestions/vote-button.tsx';
import { OnDemand } from '../../_ui/on-demand.tsx';
import { useWide } from '../../_ui/use-min-width.ts';
import s from './pinned-answer.module.css';

const sharedAnswer = () => import('../../_features/scratch/shared-answer.tsx').then((module) => module.SharedAnswer);

export function PinnedAnswer(props: { readonly card: SuggestionView; readonly expression: SharedExpression }) {
  const { card, expression } = props;
  const tall = useWide(1700);
  const by = useOfView((view) => view.participants[card.author]?.displayName) ?? t.someone;
  const asked = useMemo(
    () => ({ suggestion: card.id, expression, fixed: tall ? { height: 450, rows: 9 } : { height: 290, rows: 6 } }),
    [card.id, expression, tall],
  );
  return (
    <section className={s['look']} aria-label={card.text}>
      <header>
        <VoteCount votes={card.votes} large />
        <div>
          <p className={s['text']} dir="auto">
            {card.text}
          </p>
          <p className={s['by']} dir="auto">
            <span translate="no">{by}</span>
            <PersonMarks id={card.author} />
          </p>
        </div>
      </header>
      <code className={s['code']} translate="no">
        <CodeText>{expression.code}</CodeText>
      </code>
      <div className={s['answer']}>
        <OnDemand load={sharedAnswer} props={asked} />
      </div>
    </section>
  );
}
