// Notices: what has happened to somebody, one sentence for each code, and the list of them.
import type { NoticeSentences } from '#session-core/client/notices.ts';
import type { notices as en } from '../en/notices.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';

const sentences: NoticeSentences = {
  driving_offered: ({ name }) =>
    name === null
      ? 'Ihnen wurde die Driver-Rolle angeboten.'
      : `${isolate(name)} hat Ihnen die Driver-Rolle angeboten.`,
  offer_accepted: ({ name }) => `${isolate(name)} hat angenommen und ist jetzt Driver.`,
  offer_refused: ({ name }) => `${isolate(name)} möchte nicht Driver sein.`,
  offer_withdrawn: ({ name }) => `Das Angebot an ${isolate(name)} wurde zurückgezogen.`,
  offer_expired: ({ name }) => `${isolate(name)} hat nicht geantwortet: Das Angebot ist abgelaufen.`,
  poll_opened: ({ question }) => `Eine Frage an alle: ${question}`,
  hand_next: () => 'Sie haben die Hand gehoben und sind als Nächstes an der Reihe.',
  name_held: ({ name }) => `«${isolate(name)}» wartet auf die Moderation. Bis dahin sieht ihn sonst niemand.`,
  name_allowed: ({ name }) => `Ihren Namen «${isolate(name)}» sehen jetzt alle.`,
  name_declined: ({ name }) => `Die Moderation hat den Namen «${isolate(name)}» abgelehnt.`,
  suggestion_approved: ({ text }) => `Ihr Vorschlag wurde freigegeben; alle können darüber abstimmen: ${text}`,
  suggestion_declined: ({ text, reason }) => `Ihr Vorschlag wurde abgelehnt (${isolate(reason)}): ${text}`,
  suggestion_merged: ({ text, into }) =>
    `Ihr Vorschlag «${isolate(text)}» wurde zusammengeführt${into === '' ? '' : ` mit «${isolate(into)}»`}; die Stimmen zählen dort.`,
  suggestion_pinned: ({ text }) => `Der Driver setzt Ihren Vorschlag um: ${text}`,
  suggestion_applied: ({ text }) => `Ihr Vorschlag wurde angewendet: ${text}`,
  suggestion_reopened: ({ text }) => `Ihr Vorschlag ist wieder offen: ${text}`,
  run_failed: ({ number, stage, file, line }) => {
    const place = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`;
    return `Lauf #${number} ist fehlgeschlagen${place === undefined ? (stage ? ` in ${stage}` : '') : ` bei ${place}`}.`;
  },
};

export const notices: Translated<typeof en> = {
  notice: {
    empty: 'Noch nichts. Hier steht, was mit Ihren Vorschlägen geschieht und wer Ihnen die Driver-Rolle anbietet.',
    popUp: 'Meldung',
    more: (n: number) => `und ${n} mehr`,
    result: (n: number, what: string) => `Lauf #${n}: ${what}`,
    showLine: 'Zeile zeigen',
    unread: 'neu',
    sentences,
  },
};
