// What the QR opens: a name, one button.
// RUNS IN server
import type { Metadata } from 'next';
import { joinCodeOf } from '../../_client/join-code.ts';
import { CodeForm } from '../../_components/code-form.tsx';
import s from '../../_components/entry.module.css';
import { JoinForm } from '../../_components/join-form.tsx';
import { Mark } from '../../_components/mark.tsx';
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
