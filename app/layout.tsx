// The frame of every page. It reads the request's headers, so that pages are rendered per request and Next can put the
// nonce of the Content-Security-Policy on its scripts.
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { PageStrings } from './_strings/page-strings.tsx';
import { t } from './_strings/strings.ts';
import { basePath } from './_ui/base-path.ts';
import { EarlyTap } from './_ui/early-tap.tsx';
import { HYDRATE_IN_A_TASK, REMEMBER_TAP } from './_ui/inline-scripts.ts';
import './globals.css';

export const generateMetadata = (): Metadata => ({
  title: { default: t.product, template: `%s · ${t.product}` },
  description: t.home.oneLine,
  referrer: 'same-origin',
});

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#eef3f1' },
    { media: '(prefers-color-scheme: dark)', color: '#06181b' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const policy = (await headers()).get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  return (
    <html lang={t.lang} data-base={basePath() || undefined}>
      <body>
        {/* A browser hides the nonce from the scripts of the page. */}
        <script nonce={nonce} suppressHydrationWarning>
          {HYDRATE_IN_A_TASK + REMEMBER_TAP}
        </script>
        <PageStrings language={t.lang}>
          <a className="skip-link" href="#main">
            {t.skip}
          </a>
          {children}
          <EarlyTap />
        </PageStrings>
      </body>
    </html>
  );
}
