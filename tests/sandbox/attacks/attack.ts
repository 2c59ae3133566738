// What an attack is: what it tries, the code, and the verdict that must come.
import type { Job } from '#sandbox/index.ts';
import { oneStage } from '../rig.ts';

export interface Attack {
  readonly name: string;
  readonly tries: string;
  readonly files: Job['files'];
  readonly verdict: Verdict;
  readonly extra?: Partial<Job>;
  /** Run a second time in the same session; the verdict is about the second. */
  readonly again?: Job['files'];
}

export type Verdict =
  /** The run fails by the participants' own fault, with this message. */
  | { readonly refused: RegExp }
  /** As refused, or a limit came first: the engine may take long to say no. */
  | { readonly refused: RegExp; readonly orStopped: true }
  /** A limit ends it, whichever of them comes first. */
  | { readonly stopped: true }
  /** It runs to its end and got nothing: its log, in whole. */
  | { readonly harmless: RegExp }
  /** It runs, and a finding of this code is on the report. */
  | { readonly finding: string };

/** The code is one stage; the `say` it may use writes to the log, and it ends with a metric of 1. */
export function attack(name: string, tries: string, code: string, verdict: Verdict): Attack {
  return { name, tries, verdict, files: oneStage(PRELUDE + code + ENDING) };
}

const PRELUDE = `import { readText, readJson, readCsv, writeText, writeJson, writeCsv, params, progress } from 'workshop';
void [readText, readJson, readCsv, writeText, writeJson, writeCsv, params, progress];
const say = console.log;
`;
const ENDING = `
writeJson('out.json', { one: 1 });
`;

export const refused = (message: RegExp): Verdict => ({ refused: message });
export const refusedOrStopped = (message: RegExp): Verdict => ({ refused: message, orStopped: true });
export const stopped: Verdict = { stopped: true };
export const harmless = (log: RegExp = /^/): Verdict => ({ harmless: log });
export const finding = (code: string): Verdict => ({ finding: code });
