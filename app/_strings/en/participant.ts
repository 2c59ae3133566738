// The participant's page: tabs, display name, hands.
import { isolate } from '../isolate.ts';
import { many } from './many.ts';

export const participant = {
  tour: {
    head: 'Tour of the code',
    place: (n: number, of: number) => `${n} of ${of}`,
    lines: (file: string, from: number, to: number) =>
      from === to ? `${file}, line ${from}` : `${file}, lines ${from}–${to}`,
    next: 'Next place',
    show: (n: number) => `Show place ${n}`,
    go: 'Show it',
  },
  tabs: {
    now: 'Now',
    suggestions: 'Suggestions',
    data: 'Data',
    code: 'Code',
    results: 'Results',
    label: 'Session views',
  },
  actions: {
    suggest: 'Suggest',
    hand: 'Raise hand',
    handDown: 'Lower hand',
    handUp: (place: number) => `Hand up, no. ${place}`,
  },
  now: {
    drivesNow: (displayName: string) => `${isolate(displayName)} is driving`,
    noDriver: 'Nobody is driving right now',
    youDrive: 'You are driving',
    toEditor: 'Open the editor',
    paramsHint: 'One tap sends a suggestion. Everyone votes, and a preview shows how the score would change.',
    yours: 'Your latest suggestion',
    results: 'Results',
    newQuestion: 'New question',
  },
  topBar: {
    online: (n: number) => `${many(n, 'person', 'people')} online`,
    rename: (displayName: string) => `You are ${displayName}: change your name`,
    renameHead: 'Your name',
    held: (name: string) => `“${isolate(name)}” waits for the facilitator. Until then nobody else sees it.`,
    credit: 'Credit me under my own name',
    creditHint: 'Shown with your suggestions and in the exported repository. Otherwise your display name is used.',
    creditAs: 'Credit me as',
    creditPlace: 'Ada Lovelace',
    keys: 'Keyboard shortcuts (?)',
    notices: 'Notices',
    openNotices: (unread: number) => (unread === 0 ? 'Notices' : `Notices, ${unread} new`),
  },
  marks: { facilitator: 'Facilitator', driver: 'Driver' },
} as const;
