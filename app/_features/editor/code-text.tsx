// Code as text in which nothing is invisible: a character that would not be seen, or that turns the reading direction
// around, is shown as its number.
import { Fragment } from 'react';
import { t } from '#app/_strings/strings.ts';
import { codePieces } from '#session-core/util/code-text.ts';
import styles from './code-text.module.css';

export function CodeText({ children }: { readonly children: string }) {
  return codePieces(children).map(({ text, hidden }, i) =>
    hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
      <b key={i} className={styles['hidden']} title={t.hiddenText.character(text)}>
        {text}
      </b>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
      <Fragment key={i}>{text}</Fragment>
    ),
  );
}
