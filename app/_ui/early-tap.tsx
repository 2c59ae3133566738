'use client';
// A tap on a button of the server's HTML counts, also before the scripts are there that act on it: the last one is
// remembered by the page itself and done once they are. Forms and links work without scripts anyway.
import { useEffect } from 'react';

declare global {
  /** null: taps are heard by now. */
  var earlyTap: { readonly button?: HTMLButtonElement; readonly at?: number } | null | undefined;
}

/** Later it would surprise: the page has been read on since. */
const LATEST_MS = 20_000;

/** Comes after what has the buttons. */
export function EarlyTap() {
  useEffect(() => {
    const { button, at = 0 } = globalThis.earlyTap ?? {};
    globalThis.earlyTap = null;
    if (button?.isConnected && Date.now() - at < LATEST_MS) button.click();
  }, []);
  return null;
}
