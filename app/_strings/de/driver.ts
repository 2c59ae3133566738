// The driver: who drives and how driving is handed over.
import type { driver as en } from '../en/driver.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';

export const driver: Translated<typeof en> = {
  driver: {
    head: 'Driver',
    facilitator: 'Die Moderation',
    offered: (displayName: string) => `${isolate(displayName)} bietet Ihnen die Driver-Rolle an.`,
    offeredHint: 'Der Driver bearbeitet den gemeinsamen Code. Am besten geht das auf einem Laptop.',
    offerLabel: 'Angebot der Driver-Rolle',
    offeredOnPhone:
      'Der Editor braucht einen Laptop: Öffnen Sie diese Session zuerst dort, oder überlassen Sie die Rolle jemand anderem.',
    over: 'Sie sind nicht mehr Driver.',
    notYou: 'Sie sind nicht Driver.',
    back: 'Zurück zur Session',
    onPhone: (displayName: string) => `${displayName} (am Handy)`,
    accept: 'Driver werden',
    refuse: 'Jetzt nicht',
    otherTab: 'Sie sind in einem anderen Tab Driver',
    here: 'In diesem Tab weitermachen',
    probablyOver: 'Wahrscheinlich sind Sie nicht mehr Driver: Die Rolle endet nach 10 Sekunden ohne Verbindung.',
    gone: (s: number) => (s > 0 ? `Verbindung verloren, die Rolle endet in ${s} s` : 'Verbindung verloren'),
    left: (s: number) => (s > 0 ? `noch ${s} s` : 'die Zeit ist um'),
    waiting: (displayName: string) => `${isolate(displayName)} angeboten`,
    withdraw: 'Zurückziehen',
    offer: 'Rolle anbieten',
    offerNext: (displayName: string) => `${displayName} die Driver-Rolle anbieten`,
    pick: 'Person auswählen …',
    alone: 'Sonst ist niemand online.',
    take: 'Driver werden',
    takeOver: 'Übernehmen',
    revoke: 'Driver-Rolle entziehen',
    release: 'Rolle abgeben',
  },
  timer: {
    head: 'Timer für den Driver',
    minutes: (n: number) => `${n} min`,
    off: 'Aus',
    over: (span: string) => `seit ${span} um`,
    nobody: 'Die Zeit ist um, und niemand hat die Hand gehoben. Fragen Sie, wer als Nächstes Driver sein will.',
  },
};
