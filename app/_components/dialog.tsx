'use client';
// A dialog over the page: a sheet from below on phones, a card on laptops. Radix keeps the focus inside and gives it back.
// RUNS IN browser
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { t } from '#app/_strings/strings.ts';
import s from './dialog.module.css';
import { Icon } from './icon.tsx';

export function Dialog(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Radix.Root open={props.open} onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Radix.Portal>
        <Radix.Overlay className={s['veil']} />
        <Radix.Content
          className={s['sheet']}
          data-wide={props.wide ?? false}
          aria-describedby={undefined}
          onEscapeKeyDown={keepForEditor}
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

/** Inside of an editor Escape closes the editor's own lists first, and then leaves it. */
function keepForEditor(event: KeyboardEvent): void {
  if (event.target instanceof HTMLElement && event.target.closest('.monaco-editor')) event.preventDefault();
}
