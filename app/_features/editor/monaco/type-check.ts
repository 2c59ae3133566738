// What the TypeScript worker finds wrong in some files of a workspace, asked for all of them together: an export that one
// file gained is known in the others. Invariant: no answer where the declarations of the libraries could not be loaded, since
// every import of them would be an error.
import type * as M from 'monaco-editor/editor';
import { loadGuestTypes, loadTypeScript } from './monaco.ts';

export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

interface Diagnostic {
  /** 1: an error. */
  readonly category: number;
  readonly start?: number;
  readonly messageText: string | { readonly messageText: string };
}

const ERROR = 1;

/** Errors of the TypeScript files among `models` (path -> model), in their order. */
export async function typeErrors(
  sessionId: string,
  models: ReadonlyMap<string, M.editor.ITextModel>,
): Promise<readonly Problem[]> {
  const checked = [...models].filter(([path]) => path.endsWith('.ts'));
  if (checked.length === 0 || !(await loadGuestTypes(sessionId))) return [];
  const { getTypeScriptWorker } = await loadTypeScript();
  const worker = await (await getTypeScriptWorker())(...checked.map(([, model]) => model.uri));
  const found: Problem[] = [];
  for (const [path, model] of checked) {
    if (model.isDisposed()) continue;
    const uri = model.uri.toString();
    const diagnostics = [
      ...((await worker.getSyntacticDiagnostics(uri)) as readonly Diagnostic[]),
      ...((await worker.getSemanticDiagnostics(uri)) as readonly Diagnostic[]),
    ];
    if (model.isDisposed()) continue;
    for (const { category, start = 0, messageText } of diagnostics) {
      if (category !== ERROR) continue;
      const message = typeof messageText === 'string' ? messageText : messageText.messageText;
      found.push({ path, line: model.getPositionAt(start).lineNumber, message });
    }
  }
  return found;
}
