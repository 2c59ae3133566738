// Scripts that are in the page itself, before any other arrives. Without characters that HTML escapes.

/** The part of `early-tap.tsx` that hears the first taps. */
export const REMEMBER_TAP =
  'earlyTap={};addEventListener(`click`,function(e){let button;if(earlyTap)button=e.target.closest(`button:not([type=submit])`);if(button)earlyTap={button,at:Date.now()}},true)';

/**
 * The page's scripts are read in one task, and it comes to life in the next: both in one would keep a slow phone from
 * answering a finger. Next begins when what it finds in `__next_s` was run, and lets a task end after each; this one is
 * empty. A Next that knows nothing of it begins at once.
 */
export const HYDRATE_IN_A_TASK = 'self.__next_s=[[0,{children:``}]];';
