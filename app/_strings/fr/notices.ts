// Notices: what has happened to somebody, one sentence for each code, and the list of them.
import type { NoticeSentences } from '#session-core/client/notices.ts';
import type { notices as en } from '../en/notices.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';

const sentences: NoticeSentences = {
  driving_offered: ({ name }) =>
    name === null ? 'On vous propose de piloter.' : `${isolate(name)} vous propose de piloter.`,
  offer_accepted: ({ name }) => `${isolate(name)} a accepté et pilote maintenant.`,
  offer_refused: ({ name }) => `${isolate(name)} ne souhaite pas piloter.`,
  offer_withdrawn: ({ name }) => `La proposition faite à ${isolate(name)} a été retirée.`,
  offer_expired: ({ name }) => `${isolate(name)} n’a pas répondu : la proposition a expiré.`,
  poll_opened: ({ question }) => `Une question à tout le monde : ${question}`,
  hand_next: () => 'Vous avez levé la main : c’est bientôt à vous de piloter.',
  name_held: ({ name }) =>
    `« ${isolate(name)} » attend l’accord de l’animation. D’ici là, personne d’autre ne le voit.`,
  name_allowed: ({ name }) => `Tout le monde voit maintenant votre nom « ${isolate(name)} ».`,
  name_declined: ({ name }) => `L’animation a refusé le nom « ${isolate(name)} ».`,
  suggestion_approved: ({ text }) => `Votre suggestion est approuvée ; tout le monde peut voter : ${text}`,
  suggestion_declined: ({ text, reason }) => `Votre suggestion a été refusée (${isolate(reason)}) : ${text}`,
  suggestion_merged: ({ text, into }) =>
    `Votre suggestion « ${isolate(text)} » a été fusionnée${into === '' ? '' : ` avec «\u00a0${isolate(into)}\u00a0»`} ; les votes y sont reportés.`,
  suggestion_pinned: ({ text }) => `Votre suggestion est en cours de réalisation : ${text}`,
  suggestion_applied: ({ text }) => `Votre suggestion a été appliquée : ${text}`,
  suggestion_reopened: ({ text }) => `Votre suggestion est de nouveau ouverte : ${text}`,
  run_failed: ({ number, stage, file, line }) => {
    const place = file === undefined ? undefined : line === undefined ? file : `${file}:${line}`;
    return `Échec du run #${number}${place === undefined ? (stage ? ` dans ${stage}` : '') : ` à ${place}`}.`;
  },
};

export const notices: Translated<typeof en> = {
  notice: {
    empty: 'Rien encore. Ici s’affiche ce que deviennent vos suggestions et qui vous propose de piloter.',
    popUp: 'Avis reçu',
    more: (n: number) => `et ${n} de plus`,
    result: (n: number, what: string) => `Run #${n} : ${what}`,
    showLine: 'Voir la ligne',
    unread: 'nouveau',
    sentences,
  },
};
