// Before a session: the home page, starting a session, joining one; and the state of the connection.
import { many } from './many.ts';

export const entry = {
  codeForm: {
    label: 'Session code',
    hint: 'Six letters and digits from the screen, or paste the link.',
    join: 'Join',
    wrong: 'A code has six letters and digits, like B7K 2QX. Check the screen and try again.',
  },
  join: {
    head: 'You are joining',
    as: 'Display name',
    asHint: '2 to 20 characters. It does not have to be your real name.',
    another: 'Another name',
    go: 'Join the session',
    busy: 'Joining …',
    people: (n: number) => (n === 0 ? 'Nobody has joined yet' : `${many(n, 'person', 'people')} online`),
    needed: 'Join to suggest and vote.',
  },
  connection: {
    live: 'Live',
    delayed: 'Delayed',
    offline: 'Offline',
    bar: 'Reconnecting. Your draft is safe.',
    restarting: 'The server is restarting, back in a moment. Your draft is safe.',
    retry: 'Try now',
    storage: {
      full: 'The server’s disk is full: nothing can be saved until there is space. Everybody can still read.',
      'read-only': 'The server’s disk is read-only: nothing can be saved. Everybody can still read.',
      gone: 'The server’s data folder is gone: nothing can be saved. Export what you need, then restart the server.',
      failing: 'The server’s disk is failing: nothing can be saved right now. Everybody can still read.',
    },
    notSent: 'Not sent: the connection was lost. Try again.',
    notApplied: 'Not applied: the connection was lost. Try again.',
    unanswered: 'The connection was lost before the server answered. Check whether it was done before you try again.',
    neverTaken:
      'The connection was lost each time this was sent, so it is not sent again. Make it shorter, then try again.',
    sessionClosed: 'This session is closed on the server.',
    closed: 'Disconnected',
    home: 'Back to home',
    reload: 'Reload',
    ended: 'This session has ended.',
    newVersion: 'The server has a new version: reload this page.',
    closedOther: 'The server closed this page.',
    toSummary: 'See the summary',
    toReplay: 'Watch the replay',
  },
} as const;
