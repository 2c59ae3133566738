// The server's own log: one JSON object a line, to stderr.
// Invariant: never a secret, a display name or a text of a participant; control characters are escaped, so that no line forges another.

export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

const LEVELS = ['info', 'warn', 'error'] as const;
// JSON.stringify leaves DEL, the C1 controls and the two Unicode line ends as they are.
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g;

/** @param write gets one line with its line end */
export function createLog(
  least: (typeof LEVELS)[number],
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => number = Date.now,
): Log {
  const at =
    (level: (typeof LEVELS)[number]) =>
    (event: string, facts: LogFacts = {}) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const json = JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts });
      write(`${json.replace(UNESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** What may be logged of an exception: its name, code and place in our code; its message may hold a participant's text. */
export function factsOf(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const place = /\n\s+at (.+)/.exec(error.stack ?? '')?.[1];
  return { error: error.name, ...(typeof code === 'string' ? { code } : {}), ...(place ? { place } : {}) };
}
