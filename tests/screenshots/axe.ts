// Asks axe-core about the page as it is shown. The script is put into the page past its Content-Security-Policy, as a
// browser's own tools are. What is inside of the editor is Monaco's own.
import axeCore from 'axe-core';
import type { Page } from 'playwright-core';

const REDRAWN_MS = 2_000;

interface Axe {
  run(
    context: unknown,
    options: unknown,
  ): Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

/** One line for each violation: the rule, what it asks, and the first element. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  const said = await ask(page);
  if (!said.some((line) => line.startsWith('color-contrast'))) return said;
  // A busy machine has not drawn all of the page in its other colors yet.
  await page.waitForTimeout(REDRAWN_MS);
  return await ask(page);
}

async function ask(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeCore.source);
  // What is far below the window keeps the colours of the last time that it was drawn.
  await page.evaluate(() => {
    const drawn = new CSSStyleSheet();
    drawn.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [drawn];
    return new Promise((drawnOnce) => requestAnimationFrame(() => requestAnimationFrame(drawnOnce)));
  });
  const said = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(
      { exclude: ['.monaco-editor', '.monaco-diff-editor'] },
      { resultTypes: ['violations'] },
    );
    return violations.map(({ id, help, nodes }) => {
      const [first] = nodes;
      const said = (first?.failureSummary ?? '').split('\n').slice(1).join(' ').trim();
      return `${id} (${nodes.length}): ${help}: ${(first?.html ?? '').slice(0, 160)} ${said.slice(0, 200)}`;
    });
  });
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return said;
}
