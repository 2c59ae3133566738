// What the QR opens: the session, a name, one button. A wrong code is refused before a name is asked for.
import type { Metadata } from 'next';
import { WrongCode } from '#app/_features/join/code-form.tsx';
import { joinCodeOf } from '#app/_features/join/join-code.ts';
import { pageFacts } from '#app/_features/join/page-facts.ts';
import { rejectionText } from '#app/_strings/rejection-text.ts';
import { JoinSurface } from '#app/_surfaces/join-surface.tsx';
import { t } from '../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.codeForm.join });

export default async function JoinPage({ params }: { params: Promise<{ code: string }> }) {
  const typed = decodeURIComponent((await params).code);
  const code = joinCodeOf(typed);
  const { session, ahead, refused, typed: filled } = await pageFacts();
  const refusal = refused === undefined ? null : rejectionText(refused);
  if (code === null) return <WrongCode typed={typed} why={t.codeForm.wrong} />;
  if (session === undefined) return <WrongCode typed={typed} why={refusal ?? t.codeForm.wrong} />;
  return (
    <JoinSurface
      code={code}
      title={session.title}
      online={session.online}
      displayName={filled?.['displayName'] || session.displayName}
      refusal={refusal}
      ahead={ahead ?? []}
    />
  );
}
