'use client';
// Keys of a surface: single ones only outside of inputs and editors, `?` lists them, Ctrl+S is swallowed.
import { useEffect, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Dialog } from '../_ui/dialog.tsx';
import s from './shortcuts.module.css';

export interface Shortcut {
  /** A single key as `KeyboardEvent.key` says it, or a chord like 'Mod+Enter', 'Mod+Shift+Enter'. */
  readonly key: string;
  readonly what: string;
  /** Left out: the key is only listed, somebody else hears it. */
  readonly run?: () => void;
}

export function Keys({ list }: { readonly list: readonly Shortcut[] }) {
  const [help, setHelp] = useState(false);
  const known = useRef(list);
  known.current = list;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (mod && event.key.toLowerCase() === 's') {
        // Everything is saved as it is typed.
        event.preventDefault();
        return;
      }
      if (event.defaultPrevented || event.altKey || event.repeat) return;
      const typing = isTyping(event.target);
      if (event.key === '?' && !typing && !mod) {
        setHelp(true);
        return;
      }
      const wanted = mod ? `Mod+${event.shiftKey ? 'Shift+' : ''}${event.key}` : event.key;
      const found = known.current.find((shortcut) => shortcut.key === wanted && shortcut.run);
      if (!found || (typing && !mod)) return;
      event.preventDefault();
      found.run?.();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
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

/** The caps of a key or chord, as this machine names them. */
export function KeyCaps({ keys, short = false }: { readonly keys: string; readonly short?: boolean }) {
  return keys
    .split('+')
    .map((part) => <kbd key={part}>{part === 'Mod' ? modName() : short ? (SIGNS[part] ?? part) : part}</kbd>);
}

const SIGNS: Readonly<Record<string, string>> = { Shift: '⇧', Enter: '⏎' };

function modName(): string {
  return typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], .monaco-editor') !== null
  );
}
