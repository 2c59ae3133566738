// The innermost place of a stack that lies in a file of the workspace, in the isolate and in plain Node.

/** @param ours the path in the workspace of a file as a stack names it, undefined for any other file */
export function placeIn(
  stack: string,
  ours: (file: string) => string | undefined,
): { readonly file: string; readonly line: number; readonly column: number } | undefined {
  for (const line of stack.split('\n').slice(0, 50)) {
    const match = /^\s+at (?:.{0,300}\()?([^()\s]{1,1000}):(\d{1,9}):(\d{1,9})\)?$/.exec(line);
    const file = match === null ? undefined : ours(match[1]!);
    if (match !== null && file !== undefined) return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}
