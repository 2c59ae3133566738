// The list of shortcuts, opened by a button elsewhere on the page. What shows it loads after the first view of a phone: a
// tap that comes earlier is kept.
let show: (() => void) | null = null;
let asked = false;

export function listShortcuts(): void {
  if (show) show();
  else asked = true;
}

/** Call what it returns to stop. */
export function whenListed(list: () => void): () => void {
  show = list;
  if (asked) list();
  asked = false;
  return () => {
    show = null;
  };
}
