// Pages beside the session: the home page, starting a session, the code to join; an address that no page has.
import type { pages as en } from '../../en/more/pages.ts';
import type { Translated } from '../../types.ts';

export const pages: Translated<typeof en> = {
  noCookies:
    'Dieser Browser behält keine Cookies, darum sind Sie nur dabei, bis dieser Tab geschlossen wird. Erlauben Sie Cookies für diese Website und treten Sie noch einmal bei, um Ihren Platz zu behalten.',
  notFound: {
    head: 'Unter dieser Adresse gibt es keine Seite',
    body: 'Vielleicht ist der Link unvollständig, oder die Session wurde gelöscht. Mit einem Code kommen Sie von der Startseite aus in eine Session.',
    home: 'Zur Startseite',
  },
  home: {
    oneLine:
      'Ein ganzes Publikum programmiert zusammen: Eine Person tippt, alle anderen schlagen vor, stimmen ab und sehen, wie das Modell besser wird.',
    head: 'Eine Person tippt. Alle programmieren.',
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
  qr: { head: 'Beitreten', title: 'QR-Code mit dem Link zum Beitreten' },
};
