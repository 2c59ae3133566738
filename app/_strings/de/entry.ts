// Before a session: the home page, starting a session, joining one; and the state of the connection.
import type { entry as en } from '../en/entry.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const entry: Translated<typeof en> = {
  home: {
    oneLine:
      'Ein ganzes Publikum programmiert zusammen: Eine Person tippt, alle anderen schlagen vor, stimmen ab und sehen, wie das Modell besser wird.',
    head: 'Eine Person tippt. Alle programmieren.',
    codeLabel: 'Code der Session',
    codeHint: 'Sechs Buchstaben und Ziffern von der Leinwand, oder der Link.',
    join: 'Beitreten',
    wrongCode:
      'Ein Code hat sechs Buchstaben und Ziffern, wie B7K 2QX. Schauen Sie auf die Leinwand und versuchen Sie es noch einmal.',
    create: 'Eine eigene Session starten',
    how: [
      [
        'Vorschlagen',
        'Schreiben Sie einen Vorschlag in einem Satz, oder ändern Sie den Code selbst. Ohne Konto, ohne E-Mail.',
      ],
      ['Abstimmen', 'Beliebte Vorschläge steigen nach oben. Jeder lässt sich ausprobieren, bevor er angenommen wird.'],
      ['Den Score sehen', 'Die Pipeline läuft in Sekunden, und alle Bildschirme zeigen das Ergebnis.'],
    ],
    notPythonHead: 'TypeScript, nicht Python.',
    notPython:
      'Die Konzepte sind die des Machine-Learning-Engineerings in jeder Sprache: Stages, Parameter, Metriken und ehrliche Bewertung, mit den echten Formaten dvc.yaml und params.yaml. Am Ende haben Sie ein Repository, das ohne diese App läuft. Kein Ton, kein Video, keine Folien.',
  },
  create: {
    head: 'Eine Session starten',
    title: 'Titel',
    titleHint: 'Alle sehen ihn auf dem Beamer. Bleibt er leer, gilt der des Kurses.',
    approve: 'Vorschläge zuerst freigeben',
    approveHint: 'Andere sehen einen Vorschlag erst, wenn Sie ihn freigegeben haben. Sie können das jederzeit ändern.',
    holdout: 'Hold-out-Score',
    task: 'Frage',
    agenda: 'Ablauf',
    agendaHint: 'Die Schritte des Workshops. Sie können sie und ihre Dauer während der Session ändern.',
    holdoutHint: 'Ein Fünftel der Zeilen, die niemand in der Session lesen kann: die ehrliche Prüfung am Schluss.',
    holdoutChoices: { hidden: 'Bis zur Auflösung verbergen', shown: 'Nach jedem Lauf zeigen', off: 'Aus' },
    language: 'Sprache der Beamer-Ansicht',
    key: 'Schlüssel für neue Sessions',
    keyHint: 'Aus dem Terminal des Servers (der Link «New»), oder sein CREATE_TOKEN.',
    go: 'Session starten',
    going: 'Wird gestartet, die Pipeline läuft ein erstes Mal …',
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
    noCookies:
      'Dieser Browser behält keine Cookies, darum sind Sie nur so lange dabei, wie dieser Tab offen ist. Erlauben Sie Cookies für diese Website und treten Sie noch einmal bei, um Ihren Platz zu behalten.',
    newVersion: 'Auf dem Server läuft eine neue Version: Laden Sie diese Seite neu.',
    closedOther: 'Der Server hat diese Seite geschlossen.',
  },
  qr: { head: 'Beitreten', title: 'QR-Code mit dem Link zum Beitreten' },
};
