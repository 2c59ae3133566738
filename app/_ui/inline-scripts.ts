// The part of `early-tap.tsx` that is in the page itself, before any script arrives. Without characters that HTML escapes.
export const REMEMBER_TAP =
  'earlyTap={};addEventListener(`click`,function(e){let button;if(earlyTap)button=e.target.closest(`button:not([type=submit])`);if(button)earlyTap={button,at:Date.now()}},true)';
