'use client';
// Keys of a surface: single ones only outside of inputs and editors and never while somebody may be typing (see
// `shortcut-guard`), `?` lists them, Ctrl+S is swallowed. This is the one place where shortcuts are handled.
import { useEffect, useRef, useState } from 'react';
import { whenListed } from '#app/_session/keys/list-shortcuts.ts';
import { createShortcutGuard, isTextField, watchTyping } from '#app/_session/keys/shortcut-guard.ts';
import { isTextLost } from '#app/_session/text/text-status.ts';
import { useSessionId, useStore } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { useActing } from '../command-actions.tsx';
import s from './shortcuts.module.css';

export interface Shortcut {
  /** A single key as `KeyboardEvent.key` says it, or a chord like 'Mod+Enter', 'Mod+Shift+Enter'. */
  readonly key: string;
  readonly what: string;
  /** Left out if the key is handled elsewhere and only listed here. A single key may only do what one click can undo. */
  readonly run?: () => void;
}

export function Keys({ list }: { readonly list: readonly Shortcut[] }) {
  const [help, setHelp] = useState(false);
  const store = useStore();
  const session = useSessionId();
  const { say } = useActing();
  const known = useRef(list);
  known.current = list;
  useEffect(() => {
    const guard = createShortcutGuard();
    const press = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (mod && event.key.toLowerCase() === 's') {
        // Everything is saved as it is typed.
        event.preventDefault();
        return;
      }
      if (event.defaultPrevented || event.altKey || event.repeat) return;
      if (!mod && (isTextField(event.target) || isInDialog(event.target))) return;
      const wanted = mod ? `Mod+${event.shiftKey ? 'Shift+' : ''}${event.key}` : event.key;
      const run = wanted === '?' ? () => setHelp(true) : known.current.find(({ key }) => key === wanted)?.run;
      if (!run) {
        // A key without a shortcut probably belongs to a word that somebody thinks they type into a field.
        if (!mod && event.key.length === 1 && event.key !== ' ') guard.typed(Date.now());
        return;
      }
      event.preventDefault();
      const live = store.get().connection.status === 'live' && !isTextLost(session);
      const ignored = mod ? null : guard.ignores(Date.now(), live);
      if (ignored === null) run();
      else say(t.keys.ignored[ignored](event.key), 'bad');
    };
    const unwatch = watchTyping(guard);
    const unlist = whenListed(() => setHelp(true));
    addEventListener('keydown', press);
    return () => {
      unwatch();
      unlist();
      removeEventListener('keydown', press);
    };
  }, [store, session, say]);
  return (
    <Dialog open={help} onClose={() => setHelp(false)} title={t.keys.head}>
      <dl className={s['keys']}>
        {[...list, { key: '?', what: t.keys.help }, { key: 'Mod+S', what: t.keys.saved }].map(({ key, what }) => (
          <div key={key}>
            <dt>
              <KeyCaps keys={key} />
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** A key or chord with the key names of this platform. */
export function KeyCaps({ keys, short = false }: { readonly keys: string; readonly short?: boolean }) {
  return keys
    .split('+')
    .map((part) => <kbd key={part}>{part === 'Mod' ? modName() : short ? (SIGNS[part] ?? part) : part}</kbd>);
}

const SIGNS: Readonly<Record<string, string>> = { Shift: '⇧', Enter: '⏎' };

function modName(): string {
  return typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;
