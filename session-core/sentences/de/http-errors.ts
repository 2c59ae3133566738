// The HTTP API's own refusals in German: for screens. `{name}` is a fact of the answer.
import type { HttpErrors } from '../http-errors.ts';

export const httpErrors: HttpErrors = {
  foreign_host:
    'Dieser Server antwortet unter diesem Hostnamen nicht; fragen Sie nach seiner Adresse, oder setzen Sie PUBLIC_URL darauf.',
  foreign_origin: 'Anfragen von anderen Websites sind nicht erlaubt; siehe PUBLIC_URL.',
  route_not_found: 'Die Route {path} gibt es nicht.',
  method_not_allowed: 'Diese Methode ist nicht erlaubt; erlaubt ist {allow}.',
  malformed_address: 'Die Adresse enthält eine fehlerhafte %-Folge.',
  no_cookies:
    'Dieser Browser behält keine Cookies, die nächste Seite wüsste also nicht, wer Sie sind. Erlauben Sie Cookies für diese Website oder schalten Sie Skripte ein, und versuchen Sie es noch einmal.',
  not_json: 'Der Inhalt muss JSON sein: {what}.',
  too_large: 'Das ist zu gross: Eine Anfrage darf höchstens {bytes} Bytes haben.',
  no_such_code: 'Zu diesem Code gibt es keine offene Session; prüfen Sie den Code und versuchen Sie es erneut.',
  not_local:
    'Sessions werden in einem Browser auf dem Computer des Servers eröffnet: mit dem Link aus seinem Terminal oder mit seinem CREATE_TOKEN.',
  bad_table: '{why}',
  no_such_table: 'Diese Tabelle ist nicht mehr auf dem Server: Wählen Sie die Datei noch einmal.',
  predict_unavailable: 'Zurzeit ist kein Modell im Einsatz: {why}.',
  predict_refused: '{why}.',
  not_ready: 'Der Server nimmt gerade niemanden auf (Ursache: {cause}).',
  metrics_not_local: 'Die Zahlen sind auf dem Computer des Servers zu lesen, oder mit seinem METRICS_TOKEN.',
  degraded: 'Der Server läuft, kann aber nichts speichern (Ursache: {cause}).',
  superseded: 'Statt dieser wurde eine neuere Anfrage von Ihnen beantwortet.',
  failed: 'Auf unserer Seite ist etwas schiefgegangen; versuchen Sie es gleich noch einmal.',
};
