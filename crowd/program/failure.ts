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

/** A system error, such as a disk that is full, by its code; undefined for any other value. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return error instanceof Error && typeof code === 'string' ? code : undefined;
}
