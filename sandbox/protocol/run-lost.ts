// A run whose end nobody knows.

/** The machine that it ran on is gone, or does not answer; it may be run again. */
export class RunLost extends Error {
  override readonly name = 'RunLost';
  constructor() {
    super('The machine that the run was on is gone');
  }
}
