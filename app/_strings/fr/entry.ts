// Before a session: the home page, starting a session, joining one; and the state of the connection.
import type { entry as en } from '../en/entry.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const entry: Translated<typeof en> = {
  codeForm: {
    label: 'Code de la session',
    hint: 'Six lettres et chiffres affichés à l’écran, ou le lien.',
    join: 'Rejoindre',
    wrong: 'Un code a six lettres et chiffres, comme B7K 2QX. Vérifiez l’écran et réessayez.',
  },
  join: {
    head: 'Vous rejoignez',
    as: 'Nom affiché',
    asHint: 'De 2 à 20 caractères. Pas forcément votre vrai nom.',
    another: 'Un autre nom',
    go: 'Rejoindre la session',
    busy: 'Un instant …',
    people: (n: number) => (n === 0 ? 'Personne n’est encore là' : `${many(n, 'personne', 'personnes')} en ligne`),
    needed: 'Rejoignez la session pour suggérer et voter.',
  },
  connection: {
    live: 'En direct',
    delayed: 'Retardé',
    offline: 'Hors ligne',
    bar: 'Reconnexion en cours. Votre brouillon est conservé.',
    restarting: 'Le serveur redémarre et revient dans un instant. Votre brouillon est conservé.',
    retry: 'Essayer maintenant',
    storage: {
      full: 'Le disque du serveur est plein : rien ne peut être enregistré tant qu’il n’y a pas de place. Tout reste lisible.',
      'read-only': 'Le disque du serveur est protégé en écriture : rien ne peut être enregistré. Tout reste lisible.',
      gone: 'Le dossier de données du serveur a disparu : rien ne peut être enregistré. Exportez ce qu’il vous faut, puis redémarrez le serveur.',
      failing: 'Le disque du serveur est en panne : rien ne peut être enregistré pour le moment. Tout reste lisible.',
    },
    notSent: 'Non envoyé : la connexion était perdue. Réessayez.',
    notApplied: 'Non appliqué : la connexion était perdue. Réessayez.',
    unanswered: 'La connexion a été perdue avant la réponse du serveur. Vérifiez si c’est fait avant de réessayer.',
    neverTaken:
      'La connexion a été perdue à chaque envoi, il n’est donc pas répété. Raccourcissez le texte, puis réessayez.',
    sessionClosed: 'Cette session est fermée sur le serveur.',
    closed: 'Déconnecté',
    home: 'Retour à l’accueil',
    reload: 'Recharger',
    ended: 'Cette session est terminée.',
    newVersion: 'Le serveur a une nouvelle version : rechargez cette page.',
    closedOther: 'Le serveur a fermé cette page.',
    toSummary: 'Voir le résumé',
    toReplay: 'Voir la relecture',
  },
};
