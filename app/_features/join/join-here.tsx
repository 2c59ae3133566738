'use client';
// On a session's own page, for who has not joined: the form, or why nobody new gets in, before a name is asked for.
import { useMaybeOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { JoinForm } from './join-form.tsx';

export function JoinHere({ code, title }: { readonly code: string; readonly title: string }) {
  const locked = useMaybeOfView((view) => view.settings.locked) === true;
  const full = useMaybeOfView((view) => view.full) === true;
  const people = useMaybeOfView((view) => view.people.all) ?? 0;
  const closed = locked
    ? t.rejections.session_locked({})
    : full
      ? t.rejections.session_full({ most: people })
      : undefined;
  return <JoinForm code={code} title={title} hint={t.join.needed} {...(closed === undefined ? {} : { closed })} />;
}
