// Paths of the workspace that the runner itself knows, and how an import finds its file.

/** Not a stage: the module that serves the model. */
export const PREDICT = 'src/predict.ts';

/** './model.ts' seen from 'src/train.ts' -> 'src/model.ts'; '' where it climbs out of the workspace. */
export function resolvedPath(specifier: string, from: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return '';
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

export type Texts = Readonly<Record<string, string>>;
