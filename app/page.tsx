// The first page: what this is, one field to join, and that it is not Python.
import { appPath } from '#app/_ui/base-path.ts';
import { CodeForm } from './_features/join/code-form.tsx';
import s from './_features/join/home.module.css';
import { t } from './_strings/strings.ts';
import { LanguageLinks } from './_ui/language-links.tsx';
import { Mark } from './_ui/logo.tsx';

export default function HomePage() {
  const [first, ...rest] = t.home.head.split('. ');
  return (
    <div className={s['page']}>
      <header className={s['top']}>
        <Mark />
        <LanguageLinks />
      </header>
      <main id="main">
        <div className={s['hero']}>
          <div>
            <h1 className={s['claim']}>
              <span>{`${first}. `}</span>
              <span>{rest.join('. ')}</span>
            </h1>
            <p className={s['line']}>{t.home.oneLine}</p>
          </div>
          <div className={s['entry']}>
            <CodeForm />
            <p className={s['create']}>
              <a href={appPath('/new')}>{t.home.create}</a>
            </p>
          </div>
        </div>
        <ol className={s['how']}>
          {t.home.how.map(([head, text]) => (
            <li key={head}>
              <h2>{head}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ol>
        <section className={s['not']}>
          <h2>{t.home.notPythonHead}</h2>
          <p>{t.home.notPython}</p>
        </section>
      </main>
    </div>
  );
}
