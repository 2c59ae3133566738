// Handles uncaught errors: they are logged and end the process, whose state cannot be trusted any more.
// Invariant: a message may hold a participant's text, so once people can join, no whole message is printed.
import type { Config } from './platform/config.ts';
import { createLog, factsOf } from './platform/log.ts';
import { framesOf } from './platform/redact.ts';
import { lineOf } from './startup-error.ts';

export interface CrashHandler {
  /** From now on messages may hold texts of participants. */
  peopleJoin(): void;
}

const OURS = /(^|[\\/( ])(server|sandbox|session-core|pipeline-core)[\\/]/;

export function installCrashHandler(config: Config): CrashHandler {
  const log = createLog('error');
  let hasPeople = false;
  const end = (error: unknown): never => {
    const line = lineOf(error, config);
    if (line !== null) return exitWith(line);
    log.error('uncaught', factsOf(error));
    return exitWith(hasPeople ? framesIn(error).join('\n') : String(error instanceof Error ? error.stack : error));
  };
  process.on('uncaughtException', end);
  // Next causes rejections when somebody leaves a page that is still rendering: only those of our own code end the process.
  process.on('unhandledRejection', (error) => {
    if (!hasPeople || framesIn(error).some((frame) => OURS.test(frame.replace(/node_modules.*/, '')))) end(error);
    else log.error('page_rejection', factsOf(error));
  });
  return {
    peopleJoin: () => {
      hasPeople = true;
    },
  };
}

export function exitWith(line: string): never {
  console.error(line);
  process.exit(1);
}

const framesIn = (error: unknown) => (error instanceof Error ? framesOf(error.stack ?? '', error.message) : []);
