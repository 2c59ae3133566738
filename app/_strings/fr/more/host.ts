// The facilitator's page: moderation, participants, settings, server health, exports.
import type { host as en } from '../../en/more/host.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const host: Translated<typeof en> = {
  remote: { title: 'Télécommande', next: 'Suggestion suivante' },
  host: {
    title: 'Animation',
    projector: 'Projecteur',
    drawers: {
      join: 'Accès',
      poll: 'Demander',
      people: 'Personnes',
      runs: 'Runs',
      data: 'Données',
      settings: 'Réglages',
      exports: 'Exports',
      server: 'Activité',
    },
    drive: 'Piloter',
    pending: 'À approuver',
    pendingNone: 'Rien à approuver. Les nouvelles suggestions apparaissent ici avant que d’autres ne les voient.',
    noSuggestions:
      'Pas encore de suggestions. Montrez au projecteur comment rejoindre la session et demandez : qu’essaieriez-vous d’abord ?',
    approve: 'Approuver',
    decline: 'Refuser',
    merge: 'Fusionner',
    undo: 'Annuler',
    declineHead: 'Refuser avec un motif',
    ownReason: 'Un autre motif (son auteur le voit)',
    reasons: ['Plus tard', 'Hors sujet', 'Doublon', 'Trop grand pour aujourd’hui'],
    tried: (n: number) => `Essayée dans le run #${n}`,
    mergeHead: 'Fusionner avec une autre suggestion',
    mergeHint: (text: string) => `Avec quelle suggestion fusionner « ${isolate(text)} » ? Ses votes la suivent.`,
    mergeNone: 'Il n’y a pas d’autre suggestion ouverte avec laquelle la fusionner.',
    runsHint: 'Choisissez un run pour l’écarter ou pour laisser compter un résultat suspect.',
    hands: 'Mains levées',
    noHands: 'Aucune main n’est levée.',
    lower: 'Baisser',
    lowerAll: 'Tout baisser',
    lowered: (names: readonly string[]) =>
      names.length > 3
        ? `${names.length} ${plural(names.length, 'main baissée', 'mains baissées')}`
        : `Main baissée : ${names.map(isolate).join(', ')}`,
    people: 'Participantes et participants',
    findPerson: 'Chercher une personne',
    morePeople: (n: number) => `Voir ${many(n, 'autre personne', 'autres personnes')}`,
    facilitator: 'animation',
    away: 'hors ligne',
    remove: 'Retirer',
    removeHead: (displayName: string) => `Retirer ${isolate(displayName)} ?`,
    removeHint:
      'La personne est déconnectée et ne peut pas revenir dans ce navigateur ni sous ce nom. Vous pouvez l’annuler.',
    removeContributions: 'Retirer ses suggestions et ses votes',
    removeContributionsHint: 'Ce qui est déjà accepté reste dans le code.',
    removeLetIn: (names: readonly string[]) =>
      `Retirer aussi de l’animation les personnes ainsi invitées : ${names.map(isolate).join(', ')}`,
    removeLetInHint: 'Ses liens encore inutilisés sont révoqués dans tous les cas.',
    letInBy: (displayName: string) => `invitation de ${isolate(displayName)}`,
    removed: 'retirée',
    letIn: 'Laisser revenir',
    secretHead: 'Cette page est réservée à l’animation',
    secret: 'Lien d’animation',
    secretHint:
      'Collez un lien inutilisé : celui du terminal, d’une autre personne de l’animation, ou celui que vous avez gardé.',
    secretGo: 'Ouvrir',
  },
  heldNames: {
    head: 'Noms retenus par le filtre de mots',
    displayName: (now: string, wanted: string) => `${isolate(now)} veut s’appeler « ${isolate(wanted)} »`,
    credit: (now: string, wanted: string) => `${isolate(now)} veut être cité comme « ${isolate(wanted)} »`,
    allow: 'Autoriser',
  },
  links: {
    head: 'Liens d’animation',
    hint: 'Chacun ouvre cette page une fois, dans un navigateur. Il est secret : la première personne qui l’ouvre anime la session.',
    mine: 'Un lien pour moi',
    coHost: 'Un lien pour quelqu’un d’autre',
    revoke: 'Révoquer',
    revokeAll: 'Tout révoquer',
    none: 'Il n’y a pas de lien inutilisé. Si ce navigateur perd son cookie, il vous en faudra un pour revenir.',
    reusable: 'réutilisable',
    from: {
      creation: () => 'Créé avec la session',
      start: () => 'Créé au démarrage du serveur',
      facilitator: (displayName: string) => `Créé par ${isolate(displayName)}`,
    },
    keepHead: 'Gardez ce lien',
    keepHint:
      'Il vous permet de revenir si ce navigateur perd son cookie, ou sur un autre appareil. Il sert une fois et n’est affiché qu’une fois ; créez-en un nouveau à tout moment sous « Liens d’animation ».',
    coHostHead: 'Un lien pour quelqu’un d’autre',
    coHostHint:
      'Envoyez-le à une seule personne. Il sert une fois et n’est affiché qu’une fois. Elle aura tous vos droits.',
    copy: { copy: 'Copier', copied: 'Copié', selected: 'Sélectionné : copiez maintenant' },
    done: 'Terminé',
  },
  joining: {
    full: (n: number) =>
      `La session est complète : ${n} personnes l’ont rejointe. Seule l’animation peut encore entrer.`,
    address: 'Adresse du lien et du code QR',
    addressHint: 'Si les téléphones ne l’atteignent pas, choisissez-en une autre. Ils doivent être sur le même réseau.',
    addressOf: (origin: string, name: string, virtual: boolean) =>
      `${origin.replace(/^https?:\/\//, '')} (${name}${virtual ? ', virtuelle' : ''})`,
    lock: 'Ne plus accepter personne',
    lockHint: 'Les personnes déjà là peuvent revenir ; personne de nouveau n’entre.',
    rotate: 'Nouveau code d’accès',
    rotateHead: 'Remplacer le code d’accès ?',
    rotateHint:
      'L’ancien code et son QR cessent aussitôt de fonctionner. Les personnes présentes restent ; les codes imprimés et les pages d’accès ouvertes ne servent plus.',
    burst: (count: number, seconds: number) => `${count} personnes sont arrivées d’une même adresse en ${seconds} s`,
    burstHint: 'Une classe derrière un routeur y ressemble, et une personne avec un script aussi.',
    removeAll: (n: number) => `Retirer les ${n}, avec leurs suggestions et leurs votes`,
    keep: 'Les garder',
  },
  settings: {
    head: 'Réglages',
    frozen: 'Suspendre les nouvelles suggestions',
    frozenHint: 'Les votes restent ouverts.',
    approveHint: 'Vaut pour les nouvelles suggestions.',
    filter: 'Filtre de mots',
    filterHint: 'Les suggestions et les noms avec des mots offensants attendent votre approbation.',
    autoRun: 'Lancer un run après chaque suggestion appliquée',
    autoRunHint: 'Sinon, la personne qui pilote lance le run.',
    previews: 'Aperçu automatique des suggestions',
    previewChoices: { off: 'Sur demande seulement', approved: 'Toutes les ouvertes', top: 'Les premières' },
    previewTop: 'Combien',
    license: 'Licence du dépôt exporté',
    noLicense: 'Aucune choisie',
    reveal: 'Révéler le score hold-out',
    hide: 'Cacher le score hold-out',
    end: 'Terminer la session',
    remove: 'Tout supprimer',
    removeHead: 'Supprimer cette session pour toujours ?',
    removeHint:
      'Les suggestions, votes, runs, code et noms seront effacés de ce serveur. Exportez d’abord ce que vous voulez garder.',
    remains:
      'La base de données de ce serveur peut garder les octets quelque temps dans l’espace libéré et dans son journal : la personne qui l’exploite peut les effacer.',
    keptUntil: (day: string) =>
      `Si personne n’utilise cette session jusqu’au ${day}, le serveur la supprime 7 jours plus tard. L’ouvrir la conserve.`,
    endHead: 'Terminer la session ?',
    endHint: 'Tout le monde peut encore la lire, mais personne ne peut plus rien changer. C’est définitif.',
  },
  broughtBack: {
    head: 'Cette session allait être supprimée',
    hint: (deleted: string, kept: string) =>
      `Personne ne l’a utilisée pendant 30 jours, le serveur l’aurait donc supprimée le ${deleted}. En l’ouvrant, vous l’avez conservée jusqu’au ${kept}.`,
    seen: 'Continuer',
  },
  health: {
    head: 'État du serveur',
    online: 'en ligne',
    sockets: 'connexions',
    lag: 'retard de la boucle d’événements',
    allProtections: 'Toutes les protections de la sandbox sont actives.',
  },
  exports: {
    head: 'Exporter',
    hint: 'À tout moment, même après la fin de la session. CSV (;) convient aux tableurs avec virgule décimale.',
    suggestions: 'Suggestions',
    votes: 'Votes, sans noms',
    answers: 'Réponses aux questions, sans noms',
    runs: 'Runs',
    activity: 'Activité',
    semicolons: 'CSV (;)',
    repository: 'Le code sous forme de dépôt Git',
    cloneHint:
      'Chaque étape appliquée est un commit attribué à l’auteur de la suggestion ; les patchs ouverts sont des branches. Un lien sert à un clone, et « git pull » récupère ce qui est venu depuis. Le code fonctionne dans Node, sans cette application ; le bundle et le fichier zip contiennent aussi le rapport de la session, ses graphiques et un fichier lock.',
    cloneLink: 'Créer un lien pour cloner',
    crowdHint:
      'crowd.mjs participe depuis votre propre éditeur : « node crowd.mjs clone » et le lien pour rejoindre la session récupèrent le code ; ensuite, il l’exécute, envoie des suggestions et le tient à jour quand vous pilotez.',
    crowdFile: 'Télécharger crowd.mjs',
    cloneCommand: 'À taper dans un terminal',
    cloneMade: 'Affiché une seule fois, pour vous seul : qui l’a peut lire le code comme vous.',
    bundle: 'Bundle Git',
    zip: 'Fichier zip',
    clone: (file: string) => `git clone ${file} session && cd session && npm ci && npm start`,
  },
};
