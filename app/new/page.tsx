// Starting a session of one's own.
import type { Metadata } from 'next';
import { CreateForm } from '../_features/join/create-form.tsx';
import s from '../_features/join/entry.module.css';
import { t } from '../_strings/strings.ts';
import { Mark } from '../_ui/logo.tsx';

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
