// Where the code field goes before the scripts of the home page are there: /j?code=B7K+2QX.

import { redirect } from 'next/navigation';
import { WrongCode } from '#app/_features/join/code-form.tsx';
import { joinCodeOf } from '#app/_features/join/join-code.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { t } from '../_strings/strings.ts';

export default async function CodePage({ searchParams }: { searchParams: Promise<{ code?: string | string[] }> }) {
  const typed = [(await searchParams).code].flat()[0] ?? '';
  const code = joinCodeOf(typed);
  if (code !== null) redirect(appPath(`/j/${code}`));
  return <WrongCode typed={typed} why={t.codeForm.wrong} />;
}
