// What becomes of an error nobody caught: it is logged and ends the process, since nobody knows what it left behind.
// Invariant: a message may hold a person's text, so once people are here only the error's name and places are told.
import type { Config } from './config.ts';
import { createLog, factsOf } from './log.ts';
import { lineOf } from './startup-error.ts';

export interface CrashHandler {
  /** From now on people are here. */
  open(): void;
}

const OURS = /[\\/](server|sandbox|session-core|pipeline-core)[\\/]/;

export function installCrashHandler(config: Config): CrashHandler {
  const log = createLog('error');
  let open = false;
  const end = (error: unknown): never => {
    const line = lineOf(error, config);
    if (line !== null) return exitWith(line);
    log.error('uncaught', factsOf(error));
    return exitWith(open ? framesOf(error) : String(error instanceof Error ? error.stack : error));
  };
  process.on('uncaughtException', end);
  // Next keeps a process alive through rejections, which are usual where a page is left half drawn: only ours end it.
  process.on('unhandledRejection', (error) => {
    if (!open || OURS.test(framesOf(error).replaceAll(/node_modules.*/g, ''))) end(error);
    else log.error('page_rejection', factsOf(error));
  });
  return {
    open: () => {
      open = true;
    },
  };
}

export function exitWith(line: string): never {
  console.error(line);
  process.exit(1);
}

function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return (stack.match(/^ {4}at .*$/gm) ?? []).join('\n');
}
