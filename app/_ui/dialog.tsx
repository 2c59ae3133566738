'use client';
// A dialog: a bottom sheet on phones, a card on laptops. What lies beside it is `inert`, so the focus stays inside; what
// lies above dialogs, such as a notice, stays in reach.
import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { t } from '#app/_strings/strings.ts';
import s from './dialog.module.css';
import { focusMain } from './focus-main.ts';
import { Icon } from './icon.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly wide?: boolean;
  /** A drawer at the side on laptops. */
  readonly side?: boolean;
  readonly children: ReactNode;
}

export function Dialog(props: DialogProps) {
  return props.open ? createPortal(<OpenDialog {...props} />, document.body) : null;
}

function OpenDialog({ onClose, title, wide = false, side = false, children }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  const head = useId();
  useFocusInside(box);
  useEscape(box, onClose);
  return (
    <div ref={box}>
      {/* Escape and the button in the head do the same by keyboard. */}
      <div className={s['veil']} aria-hidden="true" onClick={onClose} />
      <div
        className={s['sheet']}
        data-wide={wide}
        data-side={side}
        role="dialog"
        aria-modal="true"
        aria-labelledby={head}
        tabIndex={-1}
      >
        <header className={s['head']}>
          <h2 id={head}>{title}</h2>
          <button type="button" className={s['close']} aria-label={t.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className={s['body']}>{children}</div>
      </div>
    </div>
  );
}

/** Those that are open, the topmost last. */
const open: Element[] = [];
/** What this has made inert. */
let beside: Element[] = [];

/** Only the topmost dialog can be used, and what lies above all. */
function setInert(): void {
  for (const each of beside) each.removeAttribute('inert');
  beside = [];
  const top = open.at(-1);
  if (top === undefined) return;
  const inUse = [top, ...document.querySelectorAll('[data-above-dialogs]')];
  const leave = (parent: Element): void => {
    for (const each of parent.children) {
      if (inUse.includes(each)) continue;
      if (inUse.some((used) => each.contains(used))) leave(each);
      else beside.push(each);
    }
  };
  leave(document.body);
  for (const each of beside) each.setAttribute('inert', '');
}

/** Not an editor's own: there Escape does not close the dialog. */
function firstField(dialog: Element): HTMLElement | undefined {
  const fields = dialog.querySelectorAll<HTMLElement>('textarea, input:not([readonly]):not([type="search"])');
  return [...fields].find((each) => each.closest('.monaco-editor') === null);
}

function useFocusInside(box: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const dialog = box.current;
    if (dialog === null) return;
    // A shortcut may have opened it, so whatever has the focus gets it back.
    const opener = document.activeElement;
    open.push(dialog);
    setInert();
    const field = () => firstField(dialog);
    const begin = field() ?? dialog.querySelector('button');
    begin?.focus({ preventScroll: true });
    // What is inside may load later: then the focus goes on to its field, unless somebody has moved it.
    const late = new MutationObserver(() => {
      if (document.activeElement !== begin) late.disconnect();
      else field()?.focus({ preventScroll: true });
    });
    if (begin !== field()) late.observe(dialog, { childList: true, subtree: true });
    return () => {
      late.disconnect();
      open.splice(open.indexOf(dialog), 1);
      setInert();
      // Later, when what was rendered together with its end is in place.
      setTimeout(() => {
        if (open.length > 0 && !open.at(-1)?.contains(opener)) return;
        // The opener may be gone, such as the card that was just declined: then focus the main element.
        if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
        else focusMain();
      });
    };
  }, [box]);
}

function useEscape(box: RefObject<HTMLDivElement | null>, onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || open.at(-1) !== box.current) return;
      // Inside an editor, Escape first closes the editor's own lists and then leaves the editor.
      if (event.target instanceof Element && event.target.closest('.monaco-editor')) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [box]);
}
