// The files of the workspace as tabs above the code; a dot marks the file with the error of the last run.
import { Tabs } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '#app/_strings/strings.ts';
import styles from './code-editor.module.css';

export interface FileTabsProps {
  readonly paths: readonly string[];
  readonly shown: string | null;
  readonly marked?: string | null;
  readonly onOpen: (path: string) => void;
  readonly children?: ReactNode;
}

export function FileTabs({ paths, shown, marked = null, onOpen, children }: FileTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  // When the driver opens another file, scroll its tab into view without scrolling the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file, not another drawing, moves the tabs
  useEffect(() => {
    const box = list.current;
    const tab = box?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!box || !tab) return;
    const [left, right] = [tab.offsetLeft - box.offsetLeft, tab.offsetLeft - box.offsetLeft + tab.offsetWidth];
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
  }, [shown, paths.length]);
  return (
    <header className={styles['bar']}>
      <Tabs.Root translate="no" value={shown ?? ''} onValueChange={onOpen} className={styles['files']}>
        <Tabs.List ref={list} className={styles['tabs']} aria-label={t.editor.files}>
          {paths.map((path) => (
            // The code is elsewhere on the page: there is no element of a known id to name.
            <Tabs.Trigger key={path} value={path} title={path} className={styles['tab']} aria-controls={undefined}>
              {path.split('/').at(-1)}
              {path === marked ? (
                <span className={styles['fault']} role="img" aria-label={t.editor.hasError}>
                  ●
                </span>
              ) : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Tabs.Root>
      {children}
    </header>
  );
}
