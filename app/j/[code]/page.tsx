// What the QR opens: a name, one button.
import type { Metadata } from 'next';
import { CodeForm } from '#app/_features/join/code-form.tsx';
import s from '#app/_features/join/entry.module.css';
import { joinCodeOf } from '#app/_features/join/join-code.ts';
import { JoinForm } from '#app/_features/join/join-form.tsx';
import { Mark } from '#app/_ui/logo.tsx';
import { t } from '../../_strings/strings.ts';

export const metadata: Metadata = { title: t.home.join };

export default async function JoinPage({ params }: { params: Promise<{ code: string }> }) {
  const code = joinCodeOf((await params).code);
  if (code !== null) return <JoinForm code={code} />;
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <div className={s['card']}>
        <p className={s['over']}>{t.home.wrongCode}</p>
        <CodeForm />
      </div>
    </main>
  );
}
