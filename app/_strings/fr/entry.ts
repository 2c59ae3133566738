// Before a session: the home page, starting a session, joining one; and the state of the connection.
import type { entry as en } from '../en/entry.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const entry: Translated<typeof en> = {
  home: {
    oneLine:
      'Tout un public programme ensemble : une personne pilote, les autres suggèrent, votent et voient le modèle s’améliorer.',
    head: 'Une personne pilote. Tout le monde programme.',
    codeLabel: 'Code de la session',
    codeHint: 'Six lettres et chiffres affichés à l’écran, ou le lien.',
    join: 'Rejoindre',
    wrongCode: 'Un code a six lettres et chiffres, comme B7K 2QX. Vérifiez l’écran et réessayez.',
    create: 'Lancer votre propre session',
    how: [
      ['Suggérer', 'Envoyez une suggestion en une phrase, ou modifiez le code vous-même. Sans compte ni e-mail.'],
      ['Voter', 'Les suggestions populaires montent. Chacune peut être essayée avant d’être acceptée.'],
      ['Voir le score bouger', 'Le pipeline s’exécute en quelques secondes et tous les écrans montrent le résultat.'],
    ],
    notPythonHead: 'TypeScript, pas Python.',
    notPython:
      'Les notions sont celles de l’ingénierie du machine learning dans tous les langages : étapes, paramètres, métriques et évaluation honnête, avec les vrais formats dvc.yaml et params.yaml. Vous repartez avec un dépôt qui fonctionne sans cette application. Ni son, ni vidéo, ni diapositives.',
  },
  create: {
    head: 'Lancer une session',
    title: 'Titre',
    titleHint: 'Tout le monde le voit au projecteur. S’il est vide, c’est celui du cours.',
    approve: 'Approuver d’abord les suggestions',
    approveHint: 'Les autres ne voient une suggestion qu’une fois approuvée. Vous pouvez changer cela à tout moment.',
    holdout: 'Score hold-out',
    task: 'Question',
    agenda: 'Déroulement',
    agendaHint: 'Les étapes de l’atelier. Vous pouvez les modifier, comme leur durée, pendant la session.',
    holdoutHint: 'Un cinquième des lignes, que personne dans la session ne peut lire : le test honnête à la fin.',
    holdoutChoices: { hidden: 'Caché jusqu’à la révélation', shown: 'Affiché après chaque run', off: 'Sans' },
    language: 'Langue de la vue du projecteur',
    key: 'Clé pour les nouvelles sessions',
    keyHint: 'Dans le terminal du serveur (le lien « New »), ou son CREATE_TOKEN.',
    go: 'Lancer la session',
    going: 'Lancement et premier run du pipeline …',
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
    noCookies:
      'Ce navigateur ne garde pas les cookies : vous êtes dans cette session tant que cet onglet est ouvert. Autorisez les cookies pour ce site et rejoignez-la de nouveau pour garder votre place.',
    newVersion: 'Le serveur a une nouvelle version : rechargez cette page.',
    closedOther: 'Le serveur a fermé cette page.',
  },
  qr: { head: 'Rejoindre', title: 'Code QR avec le lien pour rejoindre la session' },
};
