// A part of a page whose code, and what it says, load when it is first shown. Where the code does not arrive, the part says so and tries
// again: at a press, and by itself when the network is back. An empty box would look like a page without content.
'use client';
import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { allStrings, soonStrings, t } from '#app/_strings/strings.ts';
import { Button } from './button.tsx';
import { inTurn } from './in-turn.ts';
import s from './on-demand.module.css';

/** Imports a module and gives its component. The function is the part's identity: one at module level for each part. */
export type Load<P> = () => Promise<ComponentType<P>>;

const loaded = new WeakMap<object, unknown>();
const ofSoon = new WeakSet<object>();
const MOST_PAUSE_S = 15;

/** A part that says what is in `soon` of a language: it waits for no other strings (tests/app/translation). */
export function early<L extends () => Promise<unknown>>(load: L): L {
  ofSoon.add(load);
  return load;
}

async function bring<P>(load: Load<P>): Promise<ComponentType<P>> {
  const [found] = await Promise.all([load(), ofSoon.has(load) ? soonStrings() : allStrings()]);
  loaded.set(load, found);
  return found;
}

/** Loads parts that somebody may open soon, one after the other: then they are there at the tap. */
export function useSoon(parts: readonly Load<never>[], when: boolean): void {
  useEffect(() => {
    if (!when) return;
    // What does not arrive is asked for when it is opened.
    for (const load of parts) if (!loaded.has(load)) inTurn(() => bring(load)).catch(() => undefined);
  }, [parts, when]);
}

/**
 * `quiet`: nothing is missing without it yet, so its place is empty until it is there; it is loaded in its turn, and asked for
 * until it comes.
 */
export function OnDemand<P extends object>(demand: {
  readonly load: Load<P>;
  readonly props: P;
  readonly quiet?: boolean;
}) {
  const { load, props, quiet = false } = demand;
  const [, show] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(1);
  const [failed, setFailed] = useState(0);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  useEffect(() => {
    if (loaded.has(load)) return;
    let here = true;
    const bringing = quiet ? inTurn(() => bring(load)) : bring(load);
    bringing.then(
      (found) => {
        if (here) show(() => found);
      },
      (error: unknown) => {
        console.warn('a part of the page could not be loaded', error);
        if (here) setFailed(attempt);
      },
    );
    return () => {
      here = false;
    };
  }, [load, attempt, quiet]);
  useEffect(() => {
    if (failed === 0) return;
    addEventListener('online', again);
    const timer = quiet ? setTimeout(again, Math.min(2 ** failed, MOST_PAUSE_S) * 1_000) : undefined;
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [failed, again, quiet]);
  const Part = loaded.get(load) as ComponentType<P> | undefined;
  if (Part) return <Part {...props} />;
  if (quiet) return null;
  if (failed < attempt) return <p className={s['note']}>{t.loading}</p>;
  return (
    <p className={s['note']} role="alert">
      <span>{t.onDemand.failed}</span> <Button onClick={again}>{t.onDemand.again}</Button>
    </p>
  );
}
