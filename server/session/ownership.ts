// Which node a session belongs to, as the registry needs to know it; without it every session of the storage is ours.

export interface Ownership {
  /** Takes the session where no living node owns it. null: there is no such session. `url`: where its owner is reached. */
  claim(session: string): Promise<{ readonly mine: boolean; readonly url: string | null } | null>;
  /** Everything of it is stored, and nothing more comes. */
  release(session: string): Promise<void>;
  /** Under which it is ours; null: it is not. */
  epochOf(session: string): number | null;
}

/** Another node owns the session. */
export class Elsewhere extends Error {
  override readonly name = 'Elsewhere';
  /** Where that node is reached; null: it is late, and another one may own it soon. */
  readonly url: string | null;
  constructor(session: string, url: string | null) {
    super(`session ${session} is at another node`);
    this.url = url;
  }
}
