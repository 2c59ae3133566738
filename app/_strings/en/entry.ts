// Coming in: the first page, starting a session, joining it, and the connection.
import { many } from './many.ts';

export const entry = {
  home: {
    oneLine:
      'A room programs together: one person drives, everybody else proposes, votes and watches the model get better.',
    head: 'One drives. Everybody programs.',
    codeLabel: 'Session code',
    codeHint: 'Six letters and digits from the screen, or paste the link.',
    join: 'Join',
    wrongCode: 'A code has six letters and digits, like B7K 2QX. Look at the screen again.',
    create: 'Start a session of your own',
    how: [
      ['Propose', 'Send an idea in a sentence, or change the code yourself. No account, no e-mail.'],
      ['Vote', 'The best ideas rise. Each one can be measured before anybody says yes.'],
      ['Watch it learn', 'The pipeline runs in seconds, and the score moves on every screen.'],
    ],
    notPythonHead: 'TypeScript, not Python.',
    notPython:
      'The ideas are those of machine-learning engineering everywhere: stages, params, metrics, honest evaluation, in the real dvc.yaml and params.yaml. You leave with a repository that runs without us. No audio, no video, no slides.',
  },
  create: {
    head: 'Start a session',
    title: 'Title',
    titleHint: 'What the room will read on the screen.',
    titleDefault: 'Whose grades can we predict?',
    approve: 'Approve ideas first',
    approveHint: 'Each idea waits for you before the room sees it. You can switch this at any time.',
    holdout: 'Score on the sealed rows',
    holdoutHint: 'A fifth of the rows that nobody in the session can read: the honest test at the end.',
    holdoutChoices: { hidden: 'Keep it until the reveal', shown: 'Show it after each run', off: 'Leave it out' },
    go: 'Start the session',
    going: 'Starting, and running the pipeline once …',
  },
  join: {
    head: 'You are joining',
    as: 'Your name here',
    asHint: '2 to 20 characters. It need not be your real one.',
    another: 'Another name',
    go: 'Join the session',
    busy: 'Joining …',
    people: (n: number) => (n === 0 ? 'You are the first one' : `${many(n, 'person', 'people')} inside`),
    needed: 'Join first, then you can propose and vote.',
    watching: 'You are watching.',
  },
  link: {
    live: 'Live',
    delayed: 'Delayed',
    offline: 'Offline',
    bar: 'Reconnecting. Your draft is safe.',
    retry: 'Try now',
    notSent: 'Not sent: the connection was lost. Try again.',
    notApplied: 'Not applied: the connection was lost. Try again.',
    unanswered: 'The connection was lost before the server answered. Check whether it was done before you try again.',
    sessionClosed: 'This session is closed on the server.',
    closed: 'This page is closed',
    home: 'To the first page',
    reload: 'Reload',
    ended: 'This session has ended. You can still read everything.',
    closedOther: 'The server closed this page.',
  },
  qr: { head: 'Join', title: 'QR code of the link to join' },
} as const;
