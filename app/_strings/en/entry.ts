// Before a session: the home page, starting a session, joining one; and the state of the connection.
import { many } from './many.ts';

export const entry = {
  home: {
    oneLine:
      'A whole audience programs together: one person drives, everybody else suggests, votes and watches the model improve.',
    head: 'One drives. Everybody programs.',
    codeLabel: 'Session code',
    codeHint: 'Six letters and digits from the screen, or paste the link.',
    join: 'Join',
    wrongCode: 'A code has six letters and digits, like B7K 2QX. Check the screen and try again.',
    create: 'Start your own session',
    how: [
      ['Suggest', 'Send a suggestion in a sentence, or change the code yourself. No account, no e-mail.'],
      ['Vote', 'Popular suggestions rise to the top. Each can be previewed before the driver accepts it.'],
      ['See the score move', 'The pipeline runs in seconds, and every screen shows the result.'],
    ],
    notPythonHead: 'TypeScript, not Python.',
    notPython:
      'The concepts are those of machine-learning engineering in any language: stages, parameters, metrics and honest evaluation, with the real dvc.yaml and params.yaml formats. You leave with a repository that runs without this app. No audio, no video, no slides.',
  },
  create: {
    head: 'Start a session',
    title: 'Title',
    titleHint: 'Everybody sees it on the projector. Left empty, it is that of the course.',
    approve: 'Approve suggestions first',
    approveHint: 'Others see a suggestion only after you approve it. You can change this at any time.',
    holdout: 'Hold-out score',
    agenda: 'Agenda',
    agendaHint: 'The steps of the workshop. You can change them, and their length, during the session.',
    holdoutHint: 'A fifth of the rows that nobody in the session can read: the honest test at the end.',
    holdoutChoices: { hidden: 'Hide until the reveal', shown: 'Show after each run', off: 'Off' },
    language: 'Language of the projector view',
    key: 'Key for new sessions',
    keyHint: 'From the terminal of the server (the link “New”), or its CREATE_TOKEN.',
    go: 'Start the session',
    going: 'Starting, and running the pipeline once …',
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
      full: 'The disk of the server is full: nothing can be saved until there is space. Everybody can read on.',
      'read-only': 'The disk of the server cannot be written: nothing can be saved. Everybody can read on.',
      gone: 'The data folder of the server is gone: nothing can be saved. Export what you need, then restart the server.',
      failing: 'The disk of the server fails: nothing can be saved right now. Everybody can read on.',
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
    ended: 'This session has ended. You can still read everything.',
    noCookies:
      'This browser keeps no cookies, so you are in this session only as long as this tab is open. Allow cookies for this site and join again to keep your place.',
    newVersion: 'The server has a new version: reload this page.',
    closedOther: 'The server closed this page.',
  },
  qr: { head: 'Join', title: 'QR code with the link to join' },
} as const;
