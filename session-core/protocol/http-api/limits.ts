// How often an address may ask for what costs the server something. A whole conference behind one address stays far below:
// 1,000 phones read a run when it ends, twice each.

/** Loads a session that is not in memory, or reads texts and reports of one. */
export const READS = { per: 'address', burst: 3_000, perSecond: 100 } as const;

/** A bootstrap over all rows where nobody has asked for the same two runs before. */
export const COMPARISONS = { per: 'address', burst: 1_000, perSecond: 20 } as const;

/** Each keeps a model busy for up to two seconds. */
export const PUSHES = { per: 'participant', burst: 8, perSecond: 1 / 2 } as const;

/** Works for up to a minute and a half, when nothing else does. */
export const EXPLANATIONS = { per: 'participant', burst: 4, perSecond: 1 / 20 } as const;

/** Each is a whole run, behind those of everybody. */
export const REPRODUCTIONS = { per: 'participant', burst: 3, perSecond: 1 / 20 } as const;

/** Each is a child process for a tenth of a second. */
export const EXPRESSIONS = { per: 'participant', burst: 8, perSecond: 1 / 2 } as const;

/** A child process for a tenth of a second where nobody has asked for it yet. */
export const SHARED_ANSWERS = { per: 'address', burst: 1_000, perSecond: 20 } as const;

/** Each may be two child processes for a tenth of a second, where nobody has asked for the same code before. */
export const CHECKS = { per: 'participant', burst: 20, perSecond: 1 } as const;

/** Half a megabyte: declarations, written anew for each params.yaml, when an editor opens; the command line. */
export const DECLARATIONS = { per: 'address', burst: 1_000, perSecond: 20 } as const;

/** Replays the whole log; facilitators only. */
export const EXPORTS = { per: 'participant', burst: 16, perSecond: 1 / 2 } as const;

/** Replays the log and reads every revision, where nobody has asked in the last half minute. */
export const REPLAYS = { per: 'address', burst: 1_000, perSecond: 20 } as const;

/** Packing takes a tenth of a second of the server. */
export const REPOSITORIES = { per: 'participant', burst: 2, perSecond: 1 / 20 } as const;

/** Facilitator links of one facilitator, clone links of one participant. */
export const LINKS = { per: 'participant', burst: 20, perSecond: 1 / 10 } as const;

/** A table of 20 MB takes a thread of the server some seconds. */
export const UPLOADS = { per: 'address', burst: 20, perSecond: 1 / 5 } as const;

/** Each runs the pipeline once and is kept for a month. */
export const CREATIONS = { per: 'address', burst: 60, perSecond: 1 / 60 } as const;
