// Changing the language: plain links to this page, so that they work before its scripts do. The server remembers the choice.
import { t } from '#app/_strings/strings.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '#session-core/model/languages.ts';
import s from './language-links.module.css';

export function LanguageLinks() {
  return (
    <nav className={s['languages']} aria-label={t.languages.label}>
      {LANGUAGES.map((language) => (
        <a
          key={language}
          href={`?language=${language}`}
          lang={language}
          hrefLang={language}
          translate="no"
          aria-current={language === t.lang}
        >
          {LANGUAGE_NAMES[language]}
        </a>
      ))}
    </nav>
  );
}
