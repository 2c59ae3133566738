// The clock, passed as an argument so that tests can replace it.

/** Milliseconds since 1970. */
export type Now = () => number;
/** Calls once after so many milliseconds; the returned function cancels it. */
export type After = (ms: number, call: () => void) => () => void;

// Next replaces Date.now by one that looks up which page is being rendered, at each of thousands of calls a second.
export const systemNow: Now = Date.now;
export const systemAfter: After = (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};
