// Starting a session of one's own.
// RUNS IN server
import type { Metadata } from 'next';
import { CreateForm } from '../_components/create-form.tsx';
import s from '../_components/entry.module.css';
import { Mark } from '../_components/mark.tsx';
import { t } from '../_strings/strings.ts';

export const metadata: Metadata = { title: t.create.head };

export default function NewPage() {
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <div className={s['card']}>
        <h1 className={s['title']}>{t.create.head}</h1>
        <CreateForm />
      </div>
    </main>
  );
}
