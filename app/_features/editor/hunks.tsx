// A patch as removed and added lines, with signs as well as color. For cards and phones, without Monaco.
import { t } from '#app/_strings/strings.ts';
import { hiddenIn, mixedIn } from '#session-core/util/code-text.ts';
import { CodeText } from './code-text.tsx';
import s from './hunks.module.css';

export interface PatchFileLike {
  readonly path: string;
  readonly hunks: readonly Lines[];
}
interface Lines {
  readonly fromLine: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export function Hunks({ files }: { readonly files: readonly PatchFileLike[] }) {
  return (
    <div className={s['patch']}>
      <HiddenWarning files={files} />
      {files.map(({ path, hunks }) => (
        <figure key={path}>
          <figcaption>{path}</figcaption>
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too */}
          <div className={s['lines']} role="group" aria-label={path} tabIndex={0}>
            {hunks.map((hunk) => (
              <div key={hunk.fromLine} className={s['hunk']}>
                {hunk.removed.map((line, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
                  <del key={i}>
                    <span>{hunk.fromLine + i}</span>
                    <code translate="no">
                      {'− '}
                      <CodeText>{line}</CodeText>
                    </code>
                  </del>
                ))}
                {hunk.added.map((line, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
                  <ins key={i}>
                    <span>{hunk.fromLine + i}</span>
                    <code translate="no">
                      {'+ '}
                      <CodeText>{line}</CodeText>
                    </code>
                  </ins>
                ))}
              </div>
            ))}
          </div>
        </figure>
      ))}
    </div>
  );
}

/** What a patch adds and nobody would see, or take for something else. */
export function HiddenWarning({ files }: { readonly files: readonly PatchFileLike[] }) {
  const added = files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.added));
  const [hidden, mixed] = [hiddenIn(added), mixedIn(added)];
  return (
    <>
      {hidden.length > 0 && <p className={s['hidden']}>{t.hiddenText.characters(hidden)}</p>}
      {mixed.length > 0 && <p className={s['hidden']}>{t.hiddenText.mixedScripts(mixed)}</p>}
    </>
  );
}

export function hunkCounts(files: readonly PatchFileLike[]): { plus: number; minus: number } {
  const hunks = files.flatMap((file) => file.hunks);
  return {
    plus: hunks.reduce((sum, hunk) => sum + hunk.added.length, 0),
    minus: hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0),
  };
}

/** "+2 −1 params.yaml", with a text for screen readers. */
export function PatchSummary({ files }: { readonly files: readonly PatchFileLike[] }) {
  const { plus, minus } = hunkCounts(files);
  return (
    <>
      <span className="hidden-text">{t.card.lines(plus, minus)}</span>
      <span aria-hidden="true" className={s['counts']}>
        <ins>{`+${plus}`}</ins> <del>{`−${minus}`}</del>
      </span>{' '}
      <span>{files.map(({ path }) => path).join(', ')}</span>
    </>
  );
}
