// Rejections in German: for screens.
import type { FactsOf, PatchFault, RejectionSentences, RequestFault, Who } from '../../model/rejection.ts';
import { countIn } from '../numbers.ts';
import { fileNameReason } from './file-names.ts';

const many = countIn('de-CH');

const WHO: Readonly<Record<Who, string>> = {
  joined: 'jemand, der in der Session ist',
  driver: 'der Driver',
  driverOrFacilitator: 'der Driver oder die Moderation',
  facilitator: 'die Moderation',
  system: 'der Server selbst',
  handOwnerOrFacilitator: 'die Person selbst oder die Moderation',
  authorDriverOrFacilitator: 'die Person, von der er stammt, der Driver oder die Moderation',
};

const STATUS: Readonly<Record<FactsOf<'wrong_status'>['status'], string>> = {
  pending: 'noch nicht freigegeben',
  open: 'offen',
  accepted: 'angenommen',
  declined: 'abgelehnt',
  merged: 'zusammengeführt',
  withdrawn: 'zurückgezogen',
};
const WANTED = {
  open: 'offene',
  pending: 'noch nicht freigegebene',
  accepted: 'angenommene',
  openOrPending: 'offene und noch nicht freigegebene',
} as const;

const CHECKS = {
  types: 'Typen',
  style: 'Format und Lint',
  tests: 'Tests',
  leakage: 'Leakage',
  preview: 'Vorschau',
} as const;

const THINGS = {
  suggestion: 'Den Vorschlag',
  participant: 'Die Person',
  revision: 'Die Revision',
  run: 'Den Lauf',
  checkpoint: 'Den Checkpoint',
  course: 'Den Kurs',
  column: 'Die Spalte (oder den Bereich einer Spalte)',
  session: 'Die Session',
  poll: 'Die Frage',
  answer: 'Die Antwort',
  step: 'Den Schritt',
  place: 'Die Stelle des Rundgangs',
  agenda: 'Den Ablauf dieser Dauer',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  string: 'ein Text',
  number: 'eine Zahl',
  boolean: 'true oder false',
  array: 'eine Liste',
  Array: 'eine Liste',
  Object: 'ein Objekt',
};

export const rejections: RejectionSentences = {
  not_allowed: ({ who }) => `Das darf nur ${WHO[who]}.`,
  not_joined: () => 'Treten Sie zuerst der Session bei.',
  removed: () => 'Die Moderation hat Sie aus dieser Session entfernt.',
  session_ended: () => 'Diese Session ist zu Ende; sie kann nicht mehr verändert werden.',
  session_full: ({ most }) =>
    `Diese Session ist voll: ${most} Personen sind dabei. Die Beamer-Ansicht können Sie trotzdem ansehen.`,
  session_locked: () => 'Die Moderation nimmt niemanden mehr auf; bitten Sie darum, eingelassen zu werden.',
  wrong_secret: () =>
    'Dieser Moderationslink wurde schon benutzt oder gilt nicht; bitten Sie die Moderation um einen neuen.',
  too_many_links: ({ most }) => `Es gibt ${most} unbenutzte Moderationslinks; widerrufen Sie zuerst einige.`,
  invalid: (facts) => `Ungültige Anfrage: ${requestFault(facts)}.`,
  not_found: ({ what, id }) => `${THINGS[what]} «${id}» gibt es nicht.`,
  display_name_length: ({ least, most }) => `Ein Name hat ${least} bis ${most} Zeichen.`,
  display_name_taken: ({ displayName }) => `Den Namen «${displayName}» gibt es schon; wählen Sie einen anderen.`,
  display_name_reserved: () => 'Dieser Name bezeichnet eine Rolle in der Session; wählen Sie einen anderen.',
  credit_length: ({ least, most }) => `Der Name für die Nennung hat ${least} bis ${most} Zeichen.`,
  text_length: ({ most, length }) => `Ein Vorschlag hat 1 bis ${most} Zeichen; dieser hat ${length}.`,
  frozen: () => 'Die Moderation nimmt gerade keine neuen Vorschläge an; abstimmen können Sie weiter.',
  wrong_status: ({ status, wanted }) =>
    `Dieser Vorschlag ist ${STATUS[status]}; so lassen sich nur ${WANTED[wanted]} ändern.`,
  not_yours: () => 'Das kann nur die Person, von der es ist.',
  edit_closed: () =>
    'Ändern lässt er sich eine Minute lang, oder bis jemand anders dafür stimmt; ziehen Sie ihn zurück und senden Sie einen neuen.',
  poll_closed: () => 'Diese Frage ist geschlossen und nimmt keine Antworten mehr an.',
  too_many_steps: ({ most }) => `Ein Ablauf hat höchstens ${most} Schritte.`,
  too_many_polls: ({ most }) => `Eine Session hat höchstens ${most} Fragen.`,
  merge_self: () => 'Ein Vorschlag lässt sich nicht mit sich selbst zusammenführen.',
  no_driver: () => 'Zurzeit ist niemand Driver.',
  no_offer: () => 'Die Driver-Rolle wurde Ihnen nicht angeboten, oder das Angebot ist abgelaufen.',
  already_driving: ({ displayName }) => `${displayName} ist schon Driver.`,
  not_online: ({ displayName }) => `${displayName} ist gerade nicht verbunden.`,
  conflict: ({ file, line }) =>
    `${file} hat sich bei Zeile ${line} geändert, seit dieser Patch geschrieben wurde; wenden Sie ihn von Hand an.`,
  patch_invalid: (facts) => `Dieser Patch passt nicht auf Revision ${facts.revision}: ${patchFault(facts)}.`,
  too_big: ({ files, bytes }) => `Der Workspace darf ${files} Dateien und ${bytes} Bytes haben; damit wären es mehr.`,
  over_limit: (facts) => `Zu gross: ${overLimit(facts)}. Verkleinern Sie ihn, oder senden Sie ihn in Teilen.`,
  no_patch: () => 'Dieser Vorschlag hat keinen Patch.',
  nothing_to_fix: () => 'Hier gibt es nichts, was der Formatter beheben kann.',
  check_required: ({ check, state }) =>
    state === 'failed'
      ? `Die Prüfung «${CHECKS[check]}» dieses Patches schlägt fehl, und diese Session verlangt sie.`
      : `Die Prüfung «${CHECKS[check]}» dieses Patches ist mit dem neusten Code noch nicht bestanden, und diese Session verlangt sie.`,
  lines_touched: ({ file, line }) =>
    `Seine Zeilen haben sich inzwischen geändert (${file}, Zeile ${line}); machen Sie es von Hand rückgängig.`,
  nothing_to_undo: () => 'Das lässt sich nicht mehr rückgängig machen.',
  run_over: () => 'Dieser Lauf ist schon zu Ende.',
  search_running: () => 'Die Maschine probiert schon Parameter aus; stoppen Sie sie zuerst, oder warten Sie.',
  no_result: () => 'Dieser Lauf hat kein Ergebnis.',
  queue_full: () => 'Zu viele Läufe warten; versuchen Sie es gleich noch einmal.',
  rate_limited: ({ seconds, scope }) =>
    scope === 'network'
      ? `Zu viele Versuche aus Ihrem Netz auf einmal: Versuchen Sie es in ${seconds} s noch einmal.`
      : `Zu schnell: Versuchen Sie es in ${seconds} s noch einmal.`,
  too_many_viewers: ({ scope }) =>
    `Zu viele Leute ${scope === 'network' ? 'in Ihrem Netz' : 'in dieser Session'} schauen zu, ohne beigetreten zu sein: Treten Sie mit dem Code bei, oder versuchen Sie es später.`,
  storage_unavailable: () =>
    'Der Server kann gerade nichts speichern, deshalb wurde nichts geändert; versuchen Sie es gleich noch einmal.',
  busy: () => 'Der Server startet gerade oder fährt herunter; versuchen Sie es gleich noch einmal.',
};

function overLimit({ of, most, has, file = '' }: FactsOf<'over_limit'>): string {
  switch (of) {
    case 'bytes':
      return `ein Patch darf mit entfernten und neuen Zeilen zusammen ${most} Bytes haben, dieser hat ${has}`;
    case 'files':
      return `ein Patch darf ${most} Dateien ändern, dieser ändert ${has}`;
    case 'places':
      return `ein Patch darf ${file} an ${most} Stellen ändern, dieser tut es an ${has}`;
    case 'lines':
      return `eine Änderung von ${file} darf ${most} Zeilen haben, diese hat ${has}`;
    case 'columns':
      return `eine Zeile darf ${most} Zeichen haben, eine von ${file} hat ${has}`;
  }
}

function patchFault(facts: PatchFault): string {
  switch (facts.fault) {
    case 'no_revision':
      return 'diese Revision gibt es nicht';
    case 'no_change':
      return 'er ändert nichts';
    case 'not_mergeable':
      return 'er liess sich nicht mit dem Code zusammenführen';
    case 'duplicate_file':
      return 'eine Datei kommt zweimal vor';
    case 'file_name':
      return fileNameReason(facts);
    case 'empty_change':
      return `eine Änderung von ${facts.file} ist leer`;
    case 'overlap':
      return `die Änderungen von ${facts.file} überschneiden sich bei Zeile ${facts.line} oder sind nicht der Reihe nach`;
    case 'past_end':
      return `${facts.file}, Zeile ${facts.line}: Die Datei hat nur ${facts.lines} Zeilen`;
    case 'line_differs':
      return `${facts.file}, Zeile ${facts.line}: Die Zeile, die ersetzt werden soll, lautet anders`;
  }
}

function requestFault(facts: RequestFault): string {
  const named = 'field' in facts && facts.field !== undefined ? `\`${facts.field}\`` : 'der Wert';
  switch (facts.fault) {
    case 'not_an_object':
      return 'ein Befehl ist ein Objekt';
    case 'no_command_id':
      return '`id` muss ein Text von 8 bis 40 Zeichen sein, den der Absender bildet';
    case 'anchor_order':
      return 'die Stelle endet, bevor sie beginnt';
    case 'preview_target':
      return 'eine Vorschau gilt einem Vorschlag oder einem Patch';
    case 'same_choices':
      return 'zwei der Antworten sind gleich';
    case 'remove_self':
      return 'sich selbst können Sie nicht entfernen';
    case 'title_length':
      return `ein Titel hat 1 bis ${facts.most} Zeichen`;
    case 'reason_length':
      return `eine Begründung hat 1 bis ${facts.most} Zeichen`;
    case 'missing':
      return `${named} fehlt`;
    case 'unknown_field':
      return `${named} ist kein bekanntes Feld`;
    case 'unknown_type':
      return `${named}: ${facts.received} gibt es nicht`;
    case 'not_integer':
      return `${named} muss eine ganze Zahl sein`;
    case 'not_finite':
      return `${named} muss eine endliche Zahl sein`;
    case 'not_codable':
      return `${named} enthält ein Zeichen, das Code nicht haben kann: ein NUL, einen Zeilentrenner oder ein halbes Zeichen`;
    case 'format':
      return `${named} hat die falsche Form`;
    case 'file_name':
      return `${named}: ${fileNameReason(facts)}`;
    case 'too_many':
      return `${named} darf höchstens ${counted(facts)} haben`;
    case 'too_few':
      return `${named} muss mindestens ${counted(facts)} haben`;
    case 'too_large':
      return `${named} darf höchstens ${facts.limit} sein`;
    case 'too_small':
      return `${named} muss mindestens ${facts.limit} sein`;
    case 'forbidden_input':
      return `${named} darf nicht angegeben werden: Diese Aufgabe sagt ohne ${facts.forbidden} voraus`;
    case 'type':
      return facts.expected === '' ? `${named} hat den falschen Typ` : `${named} muss ${typeName(facts.expected)} sein`;
  }
}

function counted({ of, limit }: { readonly of: 'characters' | 'entries'; readonly limit: number }): string {
  return of === 'entries' ? many(limit, 'Eintrag', 'Einträge') : many(limit, 'Zeichen', 'Zeichen');
}

/** `("a" | "b" | "c")` as `"a", "b" oder "c"`. */
function typeName(expected: string): string {
  const ways = expected.replace(/^\(|\)$/g, '').split(' | ');
  const names = ways.map((way) => TYPES[way] ?? way);
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} oder ${names.at(-1)}`;
}
