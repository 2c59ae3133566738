// Pages beside the session: the home page, starting a session, the code to join; an address that no page has.

export const pages = {
  noCookies:
    'This browser does not keep cookies, so you are in this session only until this tab is closed. Allow cookies for this site and join again to keep your place.',
  notFound: {
    head: 'There is no page at this address',
    body: 'The link may be incomplete, or the session was deleted. With a join code you get into a session from the home page.',
    home: 'Back to home',
  },
  home: {
    oneLine:
      'A whole audience programs together: one person drives, everybody else suggests, votes and watches the model improve.',
    head: 'One drives. Everybody programs.',
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
    task: 'Question',
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
  qr: { head: 'Join', title: 'QR code with the link to join' },
} as const;
