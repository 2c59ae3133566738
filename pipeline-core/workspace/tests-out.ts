// The out that makes a stage one of tests: what `test` of `workshop` writes.

const TESTS_OUT = /(?:^|\/)tests\.json$/;
export const isTestsOut = (path: string): boolean => TESTS_OUT.test(path);

/** Where it is missing, this is the line to add. */
export const DEFAULT_TESTS_OUT = 'reports/tests.json';
