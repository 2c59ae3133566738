// Starting a session of one's own.
import type { Metadata } from 'next';
import { CreateForm } from '../_features/join/create-form.tsx';
import s from '../_features/join/entry.module.css';
import { pageFacts } from '../_features/join/page-facts.ts';
import { AllStrings } from '../_strings/all-strings.tsx';
import { rejectionText } from '../_strings/rejection-text.ts';
import { t } from '../_strings/strings.ts';
import { cx } from '../_ui/cx.ts';
import { LanguageLinks } from '../_ui/language-links.tsx';
import { Mark } from '../_ui/logo.tsx';

export const generateMetadata = (): Metadata => ({ title: t.create.head });

export default async function NewPage() {
  const { refused, typed } = await pageFacts();
  return (
    <AllStrings language={t.lang}>
      <main id="main" className={cx(s['page'], s['wide'])}>
        <Mark />
        <div className={s['card']}>
          <h1 className={s['title']}>{t.create.head}</h1>
          <CreateForm
            needsKey={refused?.code === 'not_local'}
            refusal={refused === undefined ? null : rejectionText(refused)}
            typed={typed ?? {}}
          />
        </div>
        <LanguageLinks />
      </main>
    </AllStrings>
  );
}
