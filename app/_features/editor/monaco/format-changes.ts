// Formats the changed lines of a TypeScript file; the other lines stay as they are.
import type { Hunk } from '#session-core/model/client-commands.ts';
import { freshFolder, loadMonaco, loadTypeScript } from './monaco.ts';

interface Change {
  readonly span: { readonly start: number; readonly length: number };
  readonly newText: string;
}

/** `text` with the lines that `hunks` added formatted by the TypeScript worker. Other kinds of file come back as they are. */
export async function formatChanges(path: string, text: string, hunks: readonly Hunk[]): Promise<string> {
  if (!path.endsWith('.ts') || hunks.length === 0) return text;
  const monaco = await loadMonaco();
  const { getTypeScriptWorker } = await loadTypeScript();
  const model = monaco.editor.createModel(
    text,
    'typescript',
    monaco.Uri.parse(`file:///${freshFolder('format')}/${path}`),
  );
  try {
    const worker = await (await getTypeScriptWorker())(model.uri);
    const options = {
      indentSize: 2,
      tabSize: 2,
      convertTabsToSpaces: true,
      newLineCharacter: '\n',
      insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
      // Left out, these count as false, and the worker takes the spaces away.
      insertSpaceAfterCommaDelimiter: true,
      insertSpaceAfterSemicolonInForStatements: true,
      insertSpaceBeforeAndAfterBinaryOperators: true,
      insertSpaceAfterKeywordsInControlFlowStatements: true,
    };
    const changes: Change[] = [];
    let shift = 0;
    for (const hunk of hunks) {
      const first = hunk.fromLine + shift;
      shift += hunk.added.length - hunk.removed.length;
      if (hunk.added.length === 0) continue;
      const last = first + hunk.added.length - 1;
      const start = model.getOffsetAt({ lineNumber: first, column: 1 });
      const end = model.getOffsetAt({
        lineNumber: last,
        column: model.getLineMaxColumn(Math.min(last, model.getLineCount())),
      });
      changes.push(
        ...((await worker.getFormattingEditsForRange(model.uri.toString(), start, end, options)) as Change[]),
      );
    }
    let formatted = text;
    for (const { span, newText } of [...changes].sort((a, b) => b.span.start - a.span.start)) {
      formatted = formatted.slice(0, span.start) + newText + formatted.slice(span.start + span.length);
    }
    return formatted;
  } finally {
    model.dispose();
  }
}
