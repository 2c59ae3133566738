'use client';
// A dialog: a bottom sheet on phones, a card on laptops. Radix traps the focus inside.
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { t } from '#app/_strings/strings.ts';
import s from './dialog.module.css';
import { focusMain } from './focus-main.ts';
import { Icon } from './icon.tsx';

export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly wide?: boolean;
  /** A drawer at the side on laptops. */
  readonly side?: boolean;
  readonly children: ReactNode;
}) {
  // There is no Radix trigger (a shortcut may have opened the dialog), so the element to focus afterwards is kept here.
  const opener = useRef<Element | null>(null);
  const enter = (event: Event) => {
    opener.current = document.activeElement;
    const content = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
    const first = content?.querySelector<HTMLElement>('textarea, input:not([readonly]):not([type="search"])');
    if (!first) return;
    event.preventDefault();
    first.focus();
  };
  const leave = (event: Event) => {
    event.preventDefault();
    const back = opener.current;
    // The opener may be gone, such as the card that was just declined: then focus the main element.
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus();
    else focusMain();
  };
  return (
    <Radix.Root open={props.open} onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Radix.Portal>
        <Radix.Overlay className={s['veil']} />
        <Radix.Content
          className={s['sheet']}
          data-wide={props.wide ?? false}
          data-side={props.side ?? false}
          aria-describedby={undefined}
          onEscapeKeyDown={keepForEditor}
          onInteractOutside={keepForNotices}
          onOpenAutoFocus={enter}
          onCloseAutoFocus={leave}
        >
          <header className={s['head']}>
            <Radix.Title>{props.title}</Radix.Title>
            <Radix.Close className={s['close']} aria-label={t.close}>
              <Icon name="close" />
            </Radix.Close>
          </header>
          <div className={s['body']}>{props.children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Inside an editor, Escape first closes the editor's own lists and then leaves the editor. */
function keepForEditor(event: KeyboardEvent): void {
  if (event.target instanceof HTMLElement && event.target.closest('.monaco-editor')) event.preventDefault();
}

/** A tap on what lies above dialogs, such as a notice, is none beside this one. */
function keepForNotices(event: { readonly target: EventTarget | null; preventDefault(): void }): void {
  if (event.target instanceof Element && event.target.closest('[data-above-dialogs]')) event.preventDefault();
}
