// Layout faults: a page wider than its window, or text too small to read. Runs inside the page. Boxes that are meant to
// scroll, hidden elements, and text for screen readers are ignored.

export interface Faults {
  readonly wide: readonly string[];
  readonly small: readonly string[];
}

export function lookForFaults({ leastPx, width }: { readonly leastPx: number; readonly width: number }): Faults {
  const named = (element: Element): string =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent ?? '').slice(0, 40)}`;
  const wide = new Set<string>();
  const small = new Set<string>();
  const root = document.documentElement;
  // On a phone innerWidth grows with a page that is too wide, so compare with the requested width.
  if (root.scrollWidth > width) wide.add(`the page: ${root.scrollWidth} px in ${width}`);
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    if (style.overflowX === 'visible' || element.closest('.monaco-editor, .monaco-diff-editor')) continue;
    // Horizontal scrolling is intended only for code, strips and tables.
    const meant =
      element.matches('pre, [role="log"], [role="tablist"], ol, figure div, table, :has(> pre), :has(> table)') ||
      // completions; a link to copy
      element.matches('ul[id$="-list"], input[readonly]') ||
      style.textOverflow === 'ellipsis' ||
      // visually hidden text for screen readers
      style.clipPath !== 'none';
    if (!meant && element.clientWidth > 40 && element.scrollWidth > element.clientWidth + 1)
      wide.add(`${named(element)}: ${element.scrollWidth} px in ${element.clientWidth}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!parent || node.textContent?.trim() === '') continue;
    // Unfolded by whoever wants to read it, never on the projector.
    if (parent.closest('details:not([open]) > :not(summary)')) continue;
    if (parent.closest('.hidden-text, .skip-link, script, style, title, next-route-announcer, .monaco-editor'))
      continue;
    const box = parent.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || getComputedStyle(parent).visibility === 'hidden') continue;
    const drawn = parent instanceof SVGGraphicsElement ? parent.getScreenCTM() : null;
    const scale = drawn === null ? 1 : Math.hypot(drawn.a, drawn.b);
    // The style is that of before its enlargement.
    const zoom = 'currentCSSZoom' in parent ? Number(parent.currentCSSZoom) : 1;
    const px = Number.parseFloat(getComputedStyle(parent).fontSize) * (drawn === null ? zoom : scale);
    if (px < leastPx - 0.05) small.add(`${px.toFixed(1)} px: ${named(parent)}`);
  }
  return { wide: [...wide], small: [...small] };
}
