// The code without a text connection: the files of the newest revision, as fetched over HTTP. Some networks let no
// WebSocket through, while commands and views still travel by polling.
import { useEffect, useState } from 'react';
import type { TextState } from '#app/_session/text/doc-provider.ts';
import { useFiles } from '#app/_session/use-api.ts';
import { useConnectionState, useOfView } from '#app/_session/use-session.tsx';

type Files = Readonly<Record<string, string>>;

/** The text connection cannot be made, although the server is there. */
export function useTextBlocked(state: TextState | null): boolean {
  const { downSince } = useConnectionState();
  return downSince === null && state !== null && state.unreachable && state.closed === null;
}

/** null: the text connection has the code, or nothing has been fetched yet. */
export function useFallbackFiles(state: TextState | null): Files | null {
  const blocked = useTextBlocked(state);
  const revision = useOfView((view) => view.revision);
  const read = useFiles(blocked ? revision : undefined);
  // The revision before stays visible until the next one is there.
  const [files, setFiles] = useState<Files | null>(null);
  useEffect(() => {
    if (!blocked) setFiles(null);
    else if (read.value) setFiles(read.value.files);
  }, [blocked, read.value]);
  return files;
}
