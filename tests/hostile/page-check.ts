// What a text of somebody else must not do on a page: turn a sentence of ours around. Runs inside the page.
// `texts`: what people typed, as the view has it.

/** A sentence that runs the other way, or whose numbers and names change places. */
export function lookForTurnedSentences(texts: readonly string[]): string[] {
  const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
  const turned = texts.filter((text) => RTL.test(text)).sort((a, b) => b.length - a.length);
  const isolates = (element: Element): boolean => {
    const { display, unicodeBidi } = getComputedStyle(element);
    return display !== 'inline' || unicodeBidi !== 'normal';
  };
  /** What is laid out in one line with it, less what is isolated. */
  const inlineText = (element: Element): string =>
    [...element.childNodes]
      .map((node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
        if (!(node instanceof Element) || node.matches('script, style')) return '';
        return isolates(node) ? '\u2068\u2069' : inlineText(node);
      })
      .join('')
      .replace(/\u2068[^\u2069]*\u2069/g, '');
  const boxes = new Set<Element>();
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    let box = node.parentElement;
    if (!box || !RTL.test(node.textContent ?? '') || box.closest('script, style, pre, code, .monaco-editor')) continue;
    while (!isolates(box) && box.parentElement) box = box.parentElement;
    boxes.add(box);
  }
  const faults: string[] = [];
  for (const box of boxes) {
    const line = inlineText(box);
    const own = turned.reduce((rest, text) => rest.replaceAll(text, ' '), line);
    const said = JSON.stringify(line.trim().slice(0, 100));
    if (getComputedStyle(box).direction === 'rtl' && /\p{Script=Latin}/u.test(own)) faults.push(`turned: ${said}`);
    for (const text of turned) {
      const at = line.indexOf(text);
      if (at < 0 || !RTL.test(text.replace(/[^\p{L}]/gu, '').at(-1) ?? '')) continue;
      const next = /[\p{L}\p{N}]/u.exec(line.slice(at + text.length))?.[0] ?? '';
      if (/\p{N}/u.test(next) || RTL.test(next)) faults.push(`changes places with what follows: ${said}`);
    }
  }
  return [...new Set(faults)];
}
