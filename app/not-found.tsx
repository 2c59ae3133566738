// An address that no page has: what may have happened, and the way to a session.
import { t } from '#app/_strings/strings.ts';
import s from './_features/join/entry.module.css';
import { ButtonLink } from './_ui/button.tsx';
import { Mark } from './_ui/logo.tsx';

export default function NotFound() {
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <div className={s['card']}>
        <h1 className={s['title']}>{t.notFound.head}</h1>
        <p>{t.notFound.body}</p>
        <ButtonLink look="primary" href="/">
          {t.notFound.home}
        </ButtonLink>
      </div>
    </main>
  );
}
