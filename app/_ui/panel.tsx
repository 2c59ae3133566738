// A section of a page with a title; its hint, empty state and count.
import { type ReactNode, useId } from 'react';
import s from './panel.module.css';

export function Panel(props: {
  readonly title: string;
  readonly hint?: string;
  readonly aside?: ReactNode;
  /** Holds cards of its own: on a phone it has no border. */
  readonly bare?: boolean;
  readonly children?: ReactNode;
}) {
  const id = useId();
  return (
    <section className={s['panel']} data-bare={props.bare ?? false} aria-labelledby={id}>
      <header className={s['head']}>
        <h2 id={id}>{props.title}</h2>
        {props.aside ? <div className={s['aside']}>{props.aside}</div> : null}
      </header>
      {props.hint ? <p className={s['hint']}>{props.hint}</p> : null}
      {props.children}
    </section>
  );
}

export function Hint({ children }: { readonly children: ReactNode }) {
  return <p className={s['hint']}>{children}</p>;
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className={s['empty']}>{children}</p>;
}

export function Count({ n, loud = false }: { readonly n: number; readonly loud?: boolean }) {
  return (
    <span className={s['count']} data-loud={loud}>
      {n}
    </span>
  );
}
