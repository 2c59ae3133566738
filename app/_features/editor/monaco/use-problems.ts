// What the TypeScript worker finds wrong in all files of the workspace, as it changes.
import { useEffect, useState } from 'react';
import type { Monaco } from './monaco.ts';
import type { Problem } from './type-check.ts';

type Model = import('monaco-editor/editor').editor.ITextModel;

export function useProblems(monaco: Monaco | null, models: { readonly current: ReadonlyMap<string, Model> }) {
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  useEffect(() => {
    if (!monaco) return;
    const read = () => {
      const found = [...models.current].flatMap(([path, model]) =>
        monaco.editor
          .getModelMarkers({ resource: model.uri })
          .filter(({ severity, owner }) => severity === monaco.MarkerSeverity.Error && owner !== 'run')
          .map(({ startLineNumber: line, message }) => ({ path, line, message })),
      );
      setProblems((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    const watching = monaco.editor.onDidChangeMarkers(read);
    return () => watching.dispose();
  }, [monaco, models]);
  return problems;
}
