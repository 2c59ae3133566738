// Before a session: the home page, starting a session, joining one; and the state of the connection.
import type { entry as en } from '../en/entry.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const entry: Translated<typeof en> = {
  codeForm: {
    label: 'Code der Session',
    hint: 'Sechs Buchstaben und Ziffern von der Leinwand, oder der Link.',
    join: 'Beitreten',
    wrong:
      'Ein Code hat sechs Buchstaben und Ziffern, wie B7K 2QX. Schauen Sie auf die Leinwand und versuchen Sie es noch einmal.',
  },
  join: {
    head: 'Sie treten bei',
    as: 'Ihr Name hier',
    asHint: '2 bis 20 Zeichen. Es muss nicht Ihr richtiger Name sein.',
    another: 'Anderer Name',
    go: 'Der Session beitreten',
    busy: 'Moment …',
    people: (n: number) => (n === 0 ? 'Noch ist niemand dabei' : `${many(n, 'Person', 'Personen')} online`),
    needed: 'Treten Sie bei, um vorzuschlagen und abzustimmen.',
  },
  connection: {
    live: 'Live',
    delayed: 'Verzögert',
    offline: 'Offline',
    bar: 'Verbindung wird wiederhergestellt. Ihr Entwurf ist sicher.',
    restarting: 'Der Server startet neu und ist gleich wieder da. Ihr Entwurf ist sicher.',
    retry: 'Jetzt versuchen',
    storage: {
      full: 'Die Festplatte des Servers ist voll: Nichts kann gespeichert werden, bis Platz ist. Lesen können alle weiter.',
      'read-only':
        'Die Festplatte des Servers ist schreibgeschützt: Nichts kann gespeichert werden. Lesen können alle weiter.',
      gone: 'Der Datenordner des Servers ist weg: Nichts kann gespeichert werden. Exportieren Sie, was Sie brauchen, und starten Sie den Server neu.',
      failing:
        'Die Festplatte des Servers hat eine Störung: Zurzeit kann nichts gespeichert werden. Lesen können alle weiter.',
    },
    notSent: 'Nicht gesendet: Die Verbindung war weg. Versuchen Sie es noch einmal.',
    notApplied: 'Nicht angewendet: Die Verbindung war weg. Versuchen Sie es noch einmal.',
    unanswered:
      'Die Verbindung brach ab, bevor der Server geantwortet hat. Prüfen Sie, ob es geschehen ist, bevor Sie es noch einmal versuchen.',
    neverTaken:
      'Die Verbindung brach jedes Mal ab, wenn dies gesendet wurde; es wird nicht noch einmal gesendet. Kürzen Sie es, und versuchen Sie es dann.',
    sessionClosed: 'Diese Session ist auf dem Server geschlossen.',
    closed: 'Getrennt',
    home: 'Zur Startseite',
    reload: 'Neu laden',
    ended: 'Diese Session ist zu Ende.',
    newVersion: 'Auf dem Server läuft eine neue Version: Laden Sie diese Seite neu.',
    closedOther: 'Der Server hat diese Seite geschlossen.',
    toSummary: 'Zur Zusammenfassung',
    toReplay: 'Wiedergabe ansehen',
  },
};
