// A part of a page whose code loads when it is first shown. Where the code does not arrive, the part says so and tries
// again: at a press, and by itself when the network is back. An empty box would look like a page without content.
'use client';
import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from './button.tsx';
import s from './on-demand.module.css';

/** Imports a module and gives its component. The function is the part's identity: one at module level for each part. */
export type Load<P> = () => Promise<ComponentType<P>>;

const loaded = new WeakMap<object, unknown>();

export function OnDemand<P extends object>({ load, props }: { readonly load: Load<P>; readonly props: P }) {
  const [, show] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(1);
  const [failed, setFailed] = useState(0);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  useEffect(() => {
    if (loaded.has(load)) return;
    let here = true;
    load().then(
      (found) => {
        loaded.set(load, found);
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
  }, [load, attempt]);
  useEffect(() => {
    if (failed === 0) return;
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [failed, again]);
  const Part = loaded.get(load) as ComponentType<P> | undefined;
  if (Part) return <Part {...props} />;
  if (failed < attempt) return <p className={s['note']}>{t.loading}</p>;
  return (
    <p className={s['note']} role="alert">
      <span>{t.onDemand.failed}</span> <Button onClick={again}>{t.onDemand.again}</Button>
    </p>
  );
}
