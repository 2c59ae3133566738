/** What a stage has beside the language itself. No timers, no network, no process; the clock stands still. */

interface Console {
  /** A line in the run's log, which everyone in the session sees. */
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  /** A DataFrame, an array of objects or of arrays, as a table in the log. */
  table(value: unknown): void;
  assert(holds: unknown, ...values: unknown[]): void;
  count(label?: string): void;
  group(...values: unknown[]): void;
  groupEnd(): void;
}
// The type's name is the one browsers and Node give it, so that all three may be used side by side.
declare var console: Console;
