// The activity list in German.
import type { ActivitySentences } from '../../model/activity.ts';
import { countIn, valuesIn } from '../numbers.ts';

const many = countIn('de-CH');
const { short } = valuesIn('de-CH', '.');

export const activities: ActivitySentences = {
  session_created: () => 'die Session wurde eröffnet',
  session_ended: (_, system) => (system ? 'die Session wurde beendet' : 'hat die Session beendet'),
  task_changed: ({ task }) => `hat die Aufgabe geändert: ${task}`,
  participant_joined: ({ name }) => `${name} ist dabei`,
  participant_removed: ({ name }) => `hat ${name} entfernt`,
  facilitator_link_made: () => 'hat einen Moderationslink erstellt',
  facilitator_link_used: () => 'ein Moderationslink wurde benutzt',
  facilitator_links_revoked: ({ links }) => `hat ${many(links, 'Moderationslink', 'Moderationslinks')} widerrufen`,
  join_code_changed: () => 'hat den Code geändert',
  hand_raised: () => 'hat die Hand gehoben',
  hands_lowered: () => 'hat alle Hände gesenkt',
  timer_set: ({ minutes }) => `hat den Timer auf ${many(minutes, 'Minute', 'Minuten')} gestellt`,
  timer_stopped: () => 'hat den Timer gestoppt',
  driving_started: () => 'ist jetzt Driver',
  driving_offered: ({ name }) => `hat ${name} die Driver-Rolle angeboten`,
  poll_opened: ({ question }) => `hat alle gefragt: ${question}`,
  poll_closed: ({ answers }) => `hat die Frage mit ${many(answers, 'Antwort', 'Antworten')} geschlossen`,
  offer_expired: () => 'das Angebot der Driver-Rolle ist abgelaufen',
  driving_stopped: () => 'hat die Driver-Rolle abgegeben',
  driving_revoked: ({ name }) => `hat ${name} die Driver-Rolle entzogen`,
  driving_lapsed: ({ name }) => `${name} hat die Verbindung verloren und ist nicht mehr Driver`,
  driving_ended: ({ name }) => `hat ${name} entfernt, bis dahin Driver`,
  suggestion_added: () => 'hat einen Vorschlag gemacht',
  patch_suggested: () => 'hat eine Codeänderung vorgeschlagen',
  suggestion_approved: () => 'hat einen Vorschlag freigegeben',
  suggestion_declined: () => 'hat einen Vorschlag abgelehnt',
  suggestion_merged: () => 'hat einen Vorschlag mit einem anderen zusammengeführt',
  moderation_undone: () => 'hat einen Schritt der Moderation rückgängig gemacht',
  suggestion_pinned: () => 'hat einen Vorschlag angeheftet: wird jetzt umgesetzt',
  suggestion_accepted: () => 'hat einen Vorschlag angenommen',
  suggestion_unaccepted: () => 'hat die Annahme eines Vorschlags rückgängig gemacht',
  revision_restored: ({ revision }) => `hat Revision ${revision} wiederhergestellt`,
  checkpoint_loaded: ({ checkpoint }) => `hat den Checkpoint ${checkpoint} geladen`,
  run_started: ({ run }, system) => (system ? `Lauf #${run} wurde angefordert` : `hat Lauf #${run} gestartet`),
  run_succeeded: (facts) =>
    `Lauf #${facts.run} ist fertig${'metric' in facts ? `: ${facts.metric} ${short(facts.value)}` : ''}`,
  run_failed: (facts) => `Lauf #${facts.run} ist fehlgeschlagen${'stage' in facts ? ` in ${facts.stage}` : ''}`,
  run_cancelled: ({ run }, system) => (system ? `Lauf #${run} wurde abgebrochen` : `hat Lauf #${run} abgebrochen`),
  run_interrupted: ({ run }) => `Lauf #${run} wurde unterbrochen`,
  run_struck: ({ run }) => `hat Lauf #${run} aus dem Vergleich gestrichen`,
  run_unstruck: ({ run }) => `hat Lauf #${run} wieder in den Vergleich genommen`,
  run_cleared: ({ run }) => `hat das Ergebnis von Lauf #${run} bestätigt`,
  run_found_suspect: ({ run }) => `die Prüfungen finden das Ergebnis von Lauf #${run} verdächtig`,
  run_suspected: ({ run }) => `hat das Ergebnis von Lauf #${run} wieder als verdächtig markiert`,
};
