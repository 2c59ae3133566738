// What can be typed: each command with what it takes, and the words of the help.

export const OPTIONS = {
  help: { text: 'show this help' },
  version: { text: 'show the version' },
  json: { text: 'print values for programs in place of sentences' },
  name: { value: 'name', text: 'your display name in the session (2 to 20 characters)' },
  server: { value: 'address', text: 'the server, where a join code is given alone' },
  test: { text: 'run the stages of tests and what they read from; fail where a test does' },
  timeout: { value: 'seconds', text: 'how long to wait (120)' },
  'no-wait': { text: 'do not wait for checks and preview' },
  wait: { text: 'raise your hand, and begin as soon as driving is offered to you' },
  take: { text: 'take over driving: facilitators only' },
  'with-changes': { text: 'begin although you have changes here: they become part of the code of the session' },
} as const satisfies Readonly<Record<string, { readonly value?: string; readonly text: string }>>;
export type OptionName = keyof typeof OPTIONS;

interface Command {
  /** What it takes, in order. */
  readonly words: readonly string[];
  readonly options: readonly OptionName[];
  readonly text: string;
  readonly more: string;
}

export const COMMANDS = {
  clone: {
    words: ['<join link>', '[folder]'],
    options: ['name', 'server'],
    text: 'join a session and put its code, libraries and table into a new folder',
    more: `You join as a participant, as in a browser. The folder holds the newest code and all that it
needs to run; your token is kept outside of it, in a file that only you can read.`,
  },
  status: {
    words: [],
    options: [],
    text: 'what you changed, what is new in the session, and how your suggestions do',
    more: `Nothing is changed, neither here nor in the session.`,
  },
  run: {
    words: [],
    options: ['test'],
    text: 'run the pipeline here, with the same results as in the session',
    more: `The stages of dvc.yaml, each after those it reads from. Needs no network, only Node.
The code comes from everybody in the session, and runs on your machine. As far as Node can hold
it, it may read in this folder only, write what dvc.yaml names as outs only, and start no other
programs; it may use the network. In the session's sandbox instead: crowd preview.`,
  },
  diff: {
    words: ['[file]'],
    options: [],
    text: 'what you changed since you cloned or pulled',
    more: `As \`git diff\`, between the revision that you have and your files.`,
  },
  preview: {
    words: [],
    options: ['timeout'],
    text: 'let the session run your changes, seen by nobody but you',
    more: `Your changes run in the session's sandbox and are compared with its last run. To send them
to everybody: crowd suggest "one sentence".`,
  },
  suggest: {
    words: ['"one sentence"'],
    options: ['timeout', 'no-wait'],
    text: 'send your changes as a suggestion, and wait for its checks and its preview',
    more: `Everybody sees the sentence, can read the patch and vote for it; the driver can apply it.
Afterwards, \`crowd pull\` gets the code with whatever was applied. Ends with 2 where a check
or the preview failed; the suggestion was sent all the same.`,
  },
  pull: {
    words: [],
    options: [],
    text: 'get the newest code of the session, and keep your changes',
    more: `Where you and the session changed the same lines, both are kept between markers, as git
writes them: choose in your editor, remove the markers, and go on. A file of yours that cannot be
read is neither overwritten nor deleted.`,
  },
  drive: {
    words: [],
    options: ['wait', 'take', 'with-changes'],
    text: "while you drive: keep this folder and the session's code the same, as you type",
    more: `Save a file in any editor and everybody sees it; what the session applies arrives in your
files. It begins where you drive already or driving is offered to you, after pulling the
newest code, and stops at once when somebody else drives: what was not sent by then stays in
your files. A file with the markers of a conflict is not sent before you remove them. Ctrl-C gives
driving back.`,
  },
} as const satisfies Readonly<Record<string, Command>>;
export type CommandName = keyof typeof COMMANDS;

const usage = (name: CommandName): string => ['crowd', name, ...COMMANDS[name].words].join(' ');

const column = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};

const optionRow = (name: OptionName): readonly [string, string] => {
  const option: { readonly value?: string; readonly text: string } = OPTIONS[name];
  return [`--${name}${option.value === undefined ? '' : ` <${option.value}>`}`, option.text];
};

export function helpOf(name: CommandName | undefined): string {
  if (name !== undefined) {
    const { text, more, options } = COMMANDS[name];
    return `${usage(name)}

${text.charAt(0).toUpperCase()}${text.slice(1)}.
${more}

${column([...options, 'json' as const, 'help' as const].map(optionRow))}`;
  }
  const names = Object.keys(COMMANDS) as CommandName[];
  return `crowd: take part in a Crowd Programming session from your own editor.

  crowd clone https://host/j/ABC123 --name Ana    join, and get the code
  cd <folder>                                     edit in any editor
  crowd run                                       run it here
  crowd suggest "Scale the inputs"                send your changes, see what they do to the score
  crowd pull                                      get what was applied

Commands:
${column(names.map((one) => [usage(one).slice('crowd '.length), COMMANDS[one].text]))}

Everywhere:
${column((['json', 'help', 'version'] as const).map(optionRow))}

Ends with 0 when it is done, with 1 where it cannot be done, and with 2 where it is done and
something is to be looked at: a conflict, or a check, a test or a preview that fails.

More about one of them: crowd <command> --help`;
}
