// The server's own log: one JSON object a line, to stderr.
// Invariant: never a secret, a display name or a text of a participant; control characters are escaped, so that no line forges another.
import { framesOf, redactedMessage } from './redact.ts';

export type LogFacts = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
  /**
   * `info` for what may come a thousand times a second, such as refusals: of each kind (event, session and code) a line in
   * ten seconds; the next one says how many were left out. The metrics count all.
   */
  sampled(event: string, facts: LogFacts, kind?: string): void;
}

const LEVELS = ['info', 'warn', 'error'] as const;
// JSON.stringify leaves DEL, the C1 controls and the two Unicode line ends as they are.
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g;
const SAMPLE_MS = 10_000;
/** Kinds that are remembered; the one that began first is forgotten. */
const MOST_KINDS = 1_000;

/** @param write gets one line with its line end */
export function createLog(
  least: (typeof LEVELS)[number],
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => number = Date.now,
): Log {
  const kinds = new Map<string, { readonly until: number; leftOut: number }>();
  const at =
    (level: (typeof LEVELS)[number]) =>
    (event: string, facts: LogFacts = {}) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const json = JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...facts });
      write(`${json.replace(UNESCAPED, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`);
    };
  const info = at('info');
  return {
    info,
    warn: at('warn'),
    error: at('error'),
    sampled(event, facts, named = String(facts['code'] ?? '')) {
      if (least !== 'info') return;
      const kind = `${event} ${named} ${String(facts['session'] ?? '')}`;
      const seen = kinds.get(kind);
      // A clock that was set back begins anew.
      if (seen && now() < seen.until && seen.until - now() <= SAMPLE_MS) {
        seen.leftOut += 1;
        return;
      }
      kinds.delete(kind);
      kinds.set(kind, { until: now() + SAMPLE_MS, leftOut: 0 });
      if (kinds.size > MOST_KINDS) kinds.delete(kinds.keys().next().value ?? kind);
      info(event, { ...facts, ...(seen && seen.leftOut > 0 ? { left_out: seen.leftOut } : {}) });
    },
  };
}

/** What may be logged of an exception: its name, code, message without what it quotes, and the frames of its stack. */
export function factsOf(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  return {
    error: error.name,
    ...(typeof code === 'string' && /^\w{1,40}$/.test(code) ? { code } : {}),
    message: redactedMessage(error.message),
    stack: framesOf(error.stack ?? '', error.message),
  };
}
