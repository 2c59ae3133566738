// What is shown where the frame of a page itself has failed, and with it everything inside. The strings of the page may be
// what did not arrive, so these few sentences come with it, in all languages.
'use client';
import { useEffect } from 'react';
import { pageFailed as de } from './_strings/de/page-failed.ts';
import { pageFailed as en } from './_strings/en/page-failed.ts';
import { pageFailed as fr } from './_strings/fr/page-failed.ts';
import { Button } from './_ui/button.tsx';
import './globals.css';

const SENTENCES = { de, en, fr };

/** The language of the page that failed; on the server there is no page yet. */
function languageNow(): keyof typeof SENTENCES {
  const named = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  return named === 'de' || named === 'fr' ? named : 'en';
}

export default function FrameFailed({ error }: { readonly error: Error & { readonly digest?: string } }) {
  const language = languageNow();
  const { head, body, reload } = SENTENCES[language];
  useEffect(() => {
    console.error('the frame of the page has stopped', error);
  }, [error]);
  return (
    <html lang={language}>
      <body>
        <title>{head}</title>
        <main id="main" className="page-failed">
          <h1>{head}</h1>
          <p>{body}</p>
          <Button look="primary" onClick={() => location.reload()}>
            {reload}
          </Button>
        </main>
      </body>
    </html>
  );
}
