// What went wrong, for people and for programs: a code, one sentence that says what and which, and what to do about it.
// Invariant: whatever a user can cause or meet ends as a Failure; any other error is a bug of this program.

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  /** One sentence. */
  readonly advice: string | undefined;

  constructor(code: string, message: string, advice?: string) {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}

/** Of the machine, not of this program: the disk is full, a folder is gone or may not be written. Else undefined. */
export function ofSystem(error: unknown): Failure | undefined {
  const code = systemCode(error);
  if (code === undefined || (error as { readonly syscall?: unknown }).syscall === undefined) return undefined;
  const { path } = error as { readonly path?: unknown };
  // Where a file was open already the system names no path; that the disk is full is known all the same.
  const isNamed = typeof path === 'string' && path !== '';
  const advice = isNamed || IS_FULL.has(code) ? ADVICE[code] : undefined;
  return new Failure('system', `The system says: ${(error as Error).message}.`, advice ?? FOLDER_ADVICE);
}

const IS_FULL = new Set(['ENOSPC', 'EDQUOT']);
const FOLDER_ADVICE = 'Look at the disk and the folder, and try again.';
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on the disk, and try again.',
  EDQUOT: 'Make room on the disk, and try again.',
  EACCES: 'Take a folder that you may write to.',
  EPERM: 'Take a folder that you may write to.',
  EROFS: 'Take a folder that you may write to.',
};

/** A system error, such as a disk that is full, by its code; undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return error instanceof Error && typeof code === 'string' ? code : undefined;
}
