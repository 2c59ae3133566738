// Pages beside the session: the home page, starting a session, the code to join; an address that no page has.
import type { pages as en } from '../../en/more/pages.ts';
import type { Translated } from '../../types.ts';

export const pages: Translated<typeof en> = {
  noCookies:
    'Ce navigateur ne garde pas les cookies : vous êtes dans cette session tant que cet onglet n’est pas fermé. Autorisez les cookies pour ce site et rejoignez-la de nouveau pour garder votre place.',
  notFound: {
    head: 'Il n’y a pas de page à cette adresse',
    body: 'Le lien est peut-être incomplet, ou la session a été supprimée. Avec un code, vous rejoignez une session depuis la page d’accueil.',
    home: 'Retour à l’accueil',
  },
  home: {
    oneLine:
      'Tout un public programme ensemble : une personne pilote, les autres suggèrent, votent et voient le modèle s’améliorer.',
    head: 'Une personne pilote. Tout le monde programme.',
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
  qr: { head: 'Rejoindre', title: 'Code QR avec le lien pour rejoindre la session' },
};
