// One Monaco model a file of the workspace, so that the TypeScript worker knows them all. A model lives as long as its
// path, also when the document is replaced: the caret, the scroll position and the focus belong to it.
import { useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { becomeText } from './bind-monaco.ts';
import { freshFolder, languageOf, type Monaco } from './monaco.ts';
import type { Editor } from './use-monaco.ts';

type Model = import('monaco-editor/editor').editor.ITextModel;

type Models = { readonly current: ReadonlyMap<string, Model> };

/** @param paths joined by line ends, so that equal lists are equal */
export function useModels(
  monaco: Monaco | null,
  { doc, paths, editor }: { doc: Y.Doc | undefined; paths: string; editor: { readonly current: Editor | null } },
): Models {
  const models = useRef(new Map<string, Model>());
  // One folder for all of them: relative imports resolve in the TypeScript worker.
  const [folder] = useState(() => freshFolder('workspace'));
  useEffect(() => {
    if (!monaco || !doc || paths === '') return;
    const files = doc.getMap<Y.Text>('files');
    const stops = paths.split('\n').map((path) => {
      const file = files.get(path);
      if (!file) return () => {};
      const model =
        models.current.get(path) ??
        monaco.editor.createModel('', languageOf(path), monaco.Uri.parse(`file:///${folder}/${path}`));
      models.current.set(path, model);
      // The open file is bound in both directions by `bindMonaco`.
      const refresh = () => {
        if (editor.current?.getModel() !== model) becomeText(monaco, model, file.toString());
      };
      refresh();
      file.observe(refresh);
      return () => file.unobserve(refresh);
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [monaco, doc, paths, editor, folder]);
  useEffect(() => {
    const all = models.current;
    return () => {
      for (const model of all.values()) model.dispose();
      all.clear();
    };
  }, []);
  return models;
}

/** Call it behind the effect that shows another file: an editor whose model is disposed of loses the focus. */
export function useForgetModels(models: Models, paths: string): void {
  useEffect(() => {
    const all = models.current as Map<string, Model>;
    const wanted = new Set(paths.split('\n'));
    for (const [path, model] of all) {
      if (paths === '' || wanted.has(path)) continue;
      model.dispose();
      all.delete(path);
    }
  }, [models, paths]);
}
