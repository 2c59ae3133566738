// Paths of dvc.yaml as DVC 3 reads them: `./a//b/../c/` is `a/c`.
// Invariant: a path that leaves the workspace keeps what leads out of it, so that it is refused, never read as another one.

/** What is no text stays what it is. */
export function tidied<T>(value: T): T | string {
  if (typeof value !== 'string') return value;
  const parts: string[] = [];
  for (const part of value.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (value.startsWith('/') ? '/' : '') + parts.join('/');
}
