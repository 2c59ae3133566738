// What a page shows where one of its components has thrown: what happened, what is safe, and the way back.
'use client';
import { useEffect } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';

export default function PageFailed({ error }: { readonly error: Error & { readonly digest?: string } }) {
  useEffect(() => {
    console.error('the page has stopped', error);
  }, [error]);
  return (
    <main id="main" className="page-failed">
      <h1>{t.pageFailed.head}</h1>
      <p>{t.pageFailed.body}</p>
      <Button look="primary" onClick={() => location.reload()}>
        {t.pageFailed.reload}
      </Button>
    </main>
  );
}
