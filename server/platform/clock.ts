// The clock, passed as an argument so that tests can replace it.

/** Milliseconds since 1970. */
export type Now = () => number;
/** Calls once after so many milliseconds; the returned function cancels it. */
export type After = (ms: number, call: () => void) => () => void;

export const systemNow: Now = () => Date.now();
export const systemAfter: After = (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};
