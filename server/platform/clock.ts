// Time as it is handed in, so that tests own it.

/** Milliseconds since 1970. */
export type Now = () => number;
/** Calls once after so many milliseconds; the answer calls it off. */
export type After = (ms: number, call: () => void) => () => void;

export const realNow: Now = () => Date.now();
export const realAfter: After = (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};
