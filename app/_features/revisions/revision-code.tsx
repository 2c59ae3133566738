'use client';
// The code of an ended session, read-only: the text socket is closed, so the last revision is shown.
import { useState } from 'react';
import { useFiles } from '#app/_session/use-api.ts';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Hint } from '#app/_ui/panel.tsx';
import editor from '../editor/code-editor.module.css';
import { FileTabs } from '../editor/file-tabs.tsx';
import { highlightLines } from '../editor/highlight.ts';

export function RevisionCode({ fontSize = 14 }: { readonly fontSize?: number }) {
  const read = useFiles(useOfView((view) => view.revision));
  const [path, setPath] = useState('params.yaml');
  if (!read.value) return <Hint>{read.error?.message ?? t.loading}</Hint>;
  const paths = Object.keys(read.value.files).sort();
  const shown = paths.includes(path) ? path : (paths[0] ?? '');
  return (
    <section className={editor['frame']} aria-label={t.editor.label}>
      <FileTabs paths={paths} shown={shown} onOpen={setPath} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className={editor['scroll']} tabIndex={0} style={{ fontSize, lineHeight: 1.5 }}>
        <pre className={editor['code']}>
          {highlightLines(read.value.files[shown] ?? '', shown).map((pieces, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={line} className={editor['line']}>
              <span className={editor['number']} aria-hidden="true">
                {line + 1}
              </span>
              <code translate="no">
                {pieces.map((piece, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names of their own
                  <span key={i} className={piece.kind === '' ? undefined : editor[piece.kind]}>
                    {piece.text}
                  </span>
                ))}
                {'\n'}
              </code>
            </span>
          ))}
        </pre>
      </div>
    </section>
  );
}
