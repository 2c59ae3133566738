import { useState } from 'react';
import { useOfView } from '#app/_session/use-session.tsx';
import { openPoll } from '#session-core/client/polls.ts';

/** The question that is shown, and whether another one has opened since. */
export function useShownPoll() {
  const open = useOfView(openPoll)?.id;
  const [taken, take] = useState(open);
  const shown = useOfView(({ polls }) => (taken === undefined ? undefined : polls[taken]));
  return { shown, isNew: open !== undefined && open !== taken, update: () => take(open) };
}
