// How warm the children of a test's sandbox are. A rehearsed isolate makes a stage faster and changes nothing else, but four of
// them for every run take more of the processor than most runs of tests. With one, a run's first stage begins in an isolate that
// was rehearsed, the next in others. What runs without vitest (benches, soak) measures the sandbox as it is.
const isTest = process.env['VITEST'] !== undefined;

/** Options of a pool. */
export const REHEARSED: { readonly rehearsed?: number } = isTest ? { rehearsed: 1 } : {};
/** The environment of a server. */
export const WARM_STAGES: Readonly<Record<string, string>> = isTest ? { WARM_STAGES: '1' } : {};
