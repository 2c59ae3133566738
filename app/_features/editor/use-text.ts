// One text session per page and session id, shared by whatever shows code on it.
'use client';
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { ConnectionStatus } from '#app/_session/connection.ts';
import { tabId } from '#app/_session/tab.ts';
import { openText, type TextSession, type TextState } from '#app/_session/text/doc-provider.ts';
import { noteText } from '#app/_session/text/text-status.ts';
import { appPath } from '#app/_ui/base-path.ts';

const open = new Map<string, { session: TextSession; users: number }>();

function take(sessionId: string, tab: string): TextSession {
  const known = open.get(sessionId);
  if (known) {
    known.users++;
    return known.session;
  }
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${appPath('/doc')}`;
  const session = openText(address, sessionId, tab);
  const note = () => noteText(sessionId, textStatusOf(session.state()));
  note();
  session.subscribe(note);
  open.set(sessionId, { session, users: 1 });
  return session;
}

function leave(sessionId: string) {
  const known = open.get(sessionId);
  if (!known || --known.users > 0) return;
  open.delete(sessionId);
  known.session.close();
  noteText(sessionId, null);
}

type Reached = Pick<TextState, 'connected' | 'drives' | 'unreachable'>;

/** Not live before it has once been so. A reader without a connection follows the revisions, a driver stops. */
export function textStatusOf({ connected, drives, unreachable }: Reached): ConnectionStatus {
  if (connected) return 'live';
  return unreachable && drives ? 'offline' : 'delayed';
}

const never = () => () => {};

/** null until the page runs in a browser. */
export function useText(sessionId: string): { readonly session: TextSession; readonly state: TextState } | null {
  const [session, setSession] = useState<TextSession | null>(null);
  // Until its connection is there, it is not live.
  useLayoutEffect(() => {
    if (!open.has(sessionId)) noteText(sessionId, 'delayed');
  }, [sessionId]);
  useEffect(() => {
    let here = true;
    let taken = false;
    void tabId().then((tab) => {
      if (!here) return;
      taken = true;
      setSession(take(sessionId, tab));
    });
    return () => {
      here = false;
      setSession(null);
      if (taken) leave(sessionId);
      else if (!open.has(sessionId)) noteText(sessionId, null);
    };
  }, [sessionId]);
  const state = useSyncExternalStore(
    session?.subscribe ?? never,
    () => session?.state() ?? null,
    () => null,
  );
  return session && state ? { session, state } : null;
}

/** The text of one file, as it changes; at most one change per animation frame. */
export function useFileText(state: TextState | null, path: string | null): string | null {
  const [text, setText] = useState<string | null>(null);
  const doc = state?.doc;
  const there = path !== null && (state?.paths.includes(path) ?? false);
  useEffect(() => {
    if (!doc || path === null || !there) {
      setText(null);
      return;
    }
    const file = doc.getMap<import('yjs').Text>('files').get(path);
    if (!file) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      setText(file.toString());
    };
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(read);
    };
    read();
    file.observe(soon);
    return () => {
      cancelAnimationFrame(frame);
      file.unobserve(soon);
    };
  }, [doc, path, there]);
  return text;
}
