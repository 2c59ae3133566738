// A part of a page that is shown, and renewed, when it is its turn, in a task of its own. To show all of a large page in one task
// keeps a phone from answering a finger.
'use client';
import { type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { StoreContext } from '#app/_session/use-session.tsx';
import { storeInTurn } from '#app/_session/view/store-in-turn.ts';
import { waitForParts } from '#app/_session/view/view-pace.ts';
import { dropWork, queueWork, whenWorkIsDone } from '../_ui/one-a-task.ts';

waitForParts(whenWorkIsDone);

/** For what lies below the first screen, or beside what counts. */
export function InTurn({ children }: { readonly children: ReactNode }) {
  const held = useContext(StoreContext);
  const own = useMemo(() => (held === null ? null : { ...held, store: storeInTurn(held.store) }), [held]);
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    const begin = () => setBegun(true);
    queueWork(begin);
    return () => dropWork(begin);
  }, []);
  return begun ? <StoreContext.Provider value={own}>{children}</StoreContext.Provider> : null;
}
