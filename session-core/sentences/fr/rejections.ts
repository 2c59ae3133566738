// Rejections in French: for screens.
import type { FactsOf, PatchFault, RejectionSentences, RequestFault, Who } from '../../model/rejection.ts';
import { countIn } from '../numbers.ts';
import { fileNameReason } from './file-names.ts';

const many = countIn('fr-CH');

const WHO: Readonly<Record<Who, string>> = {
  joined: 'à qui a rejoint la session',
  driver: 'à la personne qui pilote',
  driverOrFacilitator: 'à la personne qui pilote ou à l’animation',
  facilitator: 'à l’animation',
  system: 'au serveur lui-même',
  handOwnerOrFacilitator: 'à la personne concernée ou à l’animation',
  authorDriverOrFacilitator: 'à son auteur, à la personne qui pilote ou à l’animation',
};

const STATUS: Readonly<Record<FactsOf<'wrong_status'>['status'], string>> = {
  pending: 'en attente d’approbation',
  open: 'ouverte',
  accepted: 'acceptée',
  declined: 'refusée',
  merged: 'fusionnée',
  withdrawn: 'retirée',
};
const WANTED = {
  open: 'ouverte',
  pending: 'en attente',
  accepted: 'acceptée',
  openOrPending: 'ouverte ou en attente',
} as const;

const CHECKS = {
  types: 'typage',
  style: 'format et lint',
  tests: 'tests unitaires',
  leakage: 'fuites de données',
  preview: 'aperçu',
} as const;

const THINGS = {
  suggestion: 'La suggestion',
  participant: 'La personne',
  revision: 'La révision',
  run: 'Le run',
  checkpoint: 'Le checkpoint',
  course: 'Le cours',
  column: 'La colonne (ou l’intervalle d’une colonne)',
  session: 'La session',
  poll: 'La question',
  answer: 'La réponse',
  step: 'L’étape',
  place: 'L’endroit de la visite',
  agenda: 'Le déroulement de cette durée',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  string: 'un texte',
  number: 'un nombre',
  boolean: 'true ou false',
  array: 'une liste',
  Array: 'une liste',
  Object: 'un objet',
};

export const rejections: RejectionSentences = {
  not_allowed: ({ who }) => `Cette action est réservée ${WHO[who]}.`,
  not_joined: () => 'Rejoignez d’abord la session.',
  removed: () => 'L’animation vous a retiré·e de cette session.',
  session_ended: () => 'Cette session est terminée ; elle ne peut plus être modifiée.',
  session_full: ({ most }) =>
    `Cette session est complète : ${most} personnes l’ont rejointe. Vous pouvez tout de même regarder la vue du projecteur.`,
  session_locked: () => 'L’animation n’accepte plus de nouvelles personnes ; demandez-lui de vous laisser entrer.',
  wrong_secret: () => 'Ce lien d’animation a déjà servi ou n’est pas valable ; demandez-en un nouveau à l’animation.',
  too_many_links: ({ most }) => `Il y a ${most} liens d’animation inutilisés ; révoquez-en d’abord.`,
  invalid: (facts) => `Requête non valable : ${requestFault(facts)}.`,
  not_found: ({ what, id }) => `${THINGS[what]} « ${id} » n’existe pas.`,
  display_name_length: ({ least, most }) => `Un nom a de ${least} à ${most} caractères.`,
  display_name_taken: ({ displayName }) => `Le nom « ${displayName} » est déjà pris ; choisissez-en un autre.`,
  display_name_reserved: () => 'Ce nom désigne un rôle dans la session ; choisissez-en un autre.',
  credit_length: ({ least, most }) => `Le nom à créditer a de ${least} à ${most} caractères.`,
  text_length: ({ most, length }) => `Une suggestion a de 1 à ${most} caractères ; celle-ci en a ${length}.`,
  frozen: () => 'L’animation a suspendu les nouvelles suggestions ; les votes restent ouverts.',
  wrong_status: ({ status, wanted }) =>
    `Cette suggestion est ${STATUS[status]} ; pour cela, elle doit être ${WANTED[wanted]}.`,
  not_yours: () => 'Seul son auteur peut le faire.',
  edit_closed: () =>
    'Elle peut être modifiée pendant une minute, ou jusqu’au premier vote d’une autre personne ; retirez-la et envoyez-en une nouvelle.',
  poll_closed: () => 'Cette question est fermée et n’accepte plus de réponses.',
  too_many_steps: ({ most }) => `Un déroulement a au plus ${most} étapes.`,
  too_many_polls: ({ most }) => `Une session a au plus ${most} questions.`,
  merge_self: () => 'Une suggestion ne peut pas être fusionnée avec elle-même.',
  no_driver: () => 'Personne ne pilote.',
  no_offer: () => 'On ne vous a pas proposé de piloter, ou la proposition a expiré.',
  already_driving: ({ displayName }) => `${displayName} pilote déjà.`,
  not_online: ({ displayName }) => `${displayName} n’est pas en ligne pour le moment.`,
  conflict: ({ file, line }) =>
    `${file} a changé à la ligne ${line} depuis que ce patch a été écrit ; appliquez-le à la main.`,
  patch_invalid: (facts) => `Ce patch ne s’applique pas à la révision ${facts.revision} : ${patchFault(facts)}.`,
  too_big: ({ files, bytes }) =>
    `L’espace de travail peut avoir ${files} fichiers et ${bytes} octets ; ceci dépasserait la limite.`,
  over_limit: (facts) => `Trop grand : ${overLimit(facts)}. Réduisez-le ou envoyez-le en plusieurs parties.`,
  no_patch: () => 'Cette suggestion n’a pas de patch.',
  nothing_to_fix: () => 'Il n’y a rien ici que le formateur puisse corriger.',
  check_required: ({ check, state }) =>
    state === 'failed'
      ? `La vérification « ${CHECKS[check]} » de ce patch échoue, et cette session l’exige.`
      : `La vérification « ${CHECKS[check]} » de ce patch n’est pas encore réussie avec le code le plus récent, et cette session l’exige.`,
  lines_touched: ({ file, line }) =>
    `Ses lignes ont changé entre-temps (${file}, ligne ${line}) ; annulez-la à la main.`,
  nothing_to_undo: () => 'Il n’est plus possible de l’annuler.',
  run_over: () => 'Ce run est déjà terminé.',
  search_running: () => 'La machine essaie déjà des paramètres ; arrêtez-la d’abord ou attendez.',
  no_result: () => 'Ce run n’a pas de résultat.',
  queue_full: () => 'Trop de runs attendent ; réessayez dans un instant.',
  rate_limited: ({ seconds, scope }) =>
    scope === 'network'
      ? `Trop de tentatives à la fois depuis votre réseau : réessayez dans ${seconds} s.`
      : `Trop rapide : réessayez dans ${seconds} s.`,
  too_many_viewers: ({ scope }) =>
    `Trop de personnes ${scope === 'network' ? 'de votre réseau' : 'de cette session'} regardent sans l’avoir rejointe : rejoignez-la avec le code ou réessayez plus tard.`,
  storage_unavailable: () =>
    'Le serveur ne peut rien enregistrer pour le moment, donc rien n’a été modifié ; réessayez dans un instant.',
  busy: () => 'Le serveur démarre ou s’arrête ; réessayez dans un instant.',
};

function overLimit({ of, most, has, file = '' }: FactsOf<'over_limit'>): string {
  switch (of) {
    case 'bytes':
      return `un patch peut avoir ${most} octets, lignes supprimées et ajoutées comprises, et celui-ci en a ${has}`;
    case 'files':
      return `un patch peut modifier ${most} fichiers, et celui-ci en modifie ${has}`;
    case 'places':
      return `un patch peut modifier ${file} en ${most} endroits, et celui-ci le fait en ${has}`;
    case 'lines':
      return `une modification de ${file} peut avoir ${most} lignes, et celle-ci en a ${has}`;
    case 'columns':
      return `une ligne peut avoir ${most} caractères, et une de ${file} en a ${has}`;
  }
}

function patchFault(facts: PatchFault): string {
  switch (facts.fault) {
    case 'no_revision':
      return 'cette révision n’existe pas';
    case 'no_change':
      return 'il ne change rien';
    case 'not_mergeable':
      return 'il n’a pas pu être fusionné avec le code';
    case 'duplicate_file':
      return 'un fichier est nommé deux fois';
    case 'file_name':
      return fileNameReason(facts);
    case 'empty_change':
      return `une modification de ${facts.file} est vide`;
    case 'overlap':
      return `les modifications de ${facts.file} se chevauchent ou ne sont pas dans l’ordre à la ligne ${facts.line}`;
    case 'past_end':
      return `${facts.file}, ligne ${facts.line} : le fichier a ${facts.lines} lignes`;
    case 'line_differs':
      return `${facts.file}, ligne ${facts.line} : la ligne à remplacer est différente`;
  }
}

function requestFault(facts: RequestFault): string {
  const named = 'field' in facts && facts.field !== undefined ? `\`${facts.field}\`` : 'la valeur';
  switch (facts.fault) {
    case 'not_an_object':
      return 'une commande est un objet';
    case 'no_command_id':
      return '`id` doit être un texte de 8 à 40 caractères choisi par l’expéditeur';
    case 'anchor_order':
      return 'le passage finit avant de commencer';
    case 'preview_target':
      return 'un aperçu porte sur une suggestion ou sur un patch';
    case 'same_choices':
      return 'deux des choix sont identiques';
    case 'remove_self':
      return 'vous ne pouvez pas vous retirer vous-même';
    case 'title_length':
      return `un titre a de 1 à ${facts.most} caractères`;
    case 'reason_length':
      return `un motif a de 1 à ${facts.most} caractères`;
    case 'missing':
      return `${named} manque`;
    case 'unknown_field':
      return `${named} n’est pas un champ connu`;
    case 'unknown_type':
      return `${named} : ${facts.received} n’existe pas`;
    case 'not_integer':
      return `${named} doit être un nombre entier`;
    case 'not_finite':
      return `${named} doit être un nombre fini`;
    case 'not_codable':
      return `${named} contient un caractère que le code ne peut pas avoir : un NUL, un séparateur de lignes ou un demi-caractère`;
    case 'format':
      return `${named} n’a pas la bonne forme`;
    case 'file_name':
      return `${named} : ${fileNameReason(facts)}`;
    case 'too_many':
      return `${named} peut avoir au plus ${counted(facts)}`;
    case 'too_few':
      return `${named} doit avoir au moins ${counted(facts)}`;
    case 'too_large':
      return `${named} doit être au plus ${facts.limit}`;
    case 'too_small':
      return `${named} doit être au moins ${facts.limit}`;
    case 'forbidden_input':
      return `${named} ne peut pas être indiqué : cette tâche prédit sans ${facts.forbidden}`;
    case 'type':
      return facts.expected === '' ? `${named} n’a pas le bon type` : `${named} doit être ${typeName(facts.expected)}`;
  }
}

function counted({ of, limit }: { readonly of: 'characters' | 'entries'; readonly limit: number }): string {
  return of === 'entries' ? many(limit, 'élément', 'éléments') : many(limit, 'caractère', 'caractères');
}

/** `("a" | "b" | "c")` as `"a", "b" ou "c"`. */
function typeName(expected: string): string {
  const ways = expected.replace(/^\(|\)$/g, '').split(' | ');
  const names = ways.map((way) => TYPES[way] ?? way);
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} ou ${names.at(-1)}`;
}
