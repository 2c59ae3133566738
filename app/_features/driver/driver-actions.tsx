'use client';
// What the driver can do with a suggestion: apply its patch, pin it, mark it as done by hand, undo the accept.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { KeyCaps } from '#app/_session/keys/shortcuts.tsx';
import { useFiles } from '#app/_session/use-api.ts';
import { useEnded, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import { OnDemand } from '#app/_ui/on-demand.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import { patchFiles } from '#session-core/text/patch.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { PreviewButton } from '../suggestions/preview-button.tsx';
import s from './driver-actions.module.css';
import { useAccept } from './use-accept.ts';

const diffView = () => import('../editor/diff-view.tsx').then((module) => module.DiffView);

export function DriverActions(props: {
  readonly card: SuggestionView;
  /** The shortcut that applies this suggestion; only the next one to apply has it. */
  readonly chord?: string;
}) {
  const { card, chord } = props;
  const act = useAct();
  const accept = useAccept();
  const [diff, setDiff] = useState(false);
  const suggestion = card.id;
  if (useEnded()) return null;
  if (card.status === 'accepted') {
    return (
      <Button look="quiet" onClick={() => void act({ type: 'suggestion.unaccept', suggestion })}>
        <Icon name="undo" size={18} /> <span>{t.drive.unaccept}</span>
      </Button>
    );
  }
  if (card.status !== 'open') return null;
  const applies = card.patch !== undefined && card.patch.state !== 'conflict';
  return (
    <>
      {applies ? (
        <Button look="primary" aria-keyshortcuts={ariaKeys(chord)} onClick={() => void accept(card)}>
          <Icon name="check" size={18} /> <span>{t.drive.apply}</span> <Chord keys={chord} />
        </Button>
      ) : null}
      {card.pinned && !applies ? (
        <Button look="primary" aria-keyshortcuts={ariaKeys(chord)} onClick={() => void accept(card, 'hand')}>
          <Icon name="check" size={18} /> <span>{t.drive.done}</span> <Chord keys={chord} />
        </Button>
      ) : null}
      <Button
        onClick={() =>
          void act(card.pinned ? { type: 'suggestion.unpin', suggestion } : { type: 'suggestion.pin', suggestion })
        }
      >
        <Icon name="pin" size={18} /> <span>{card.pinned ? t.drive.unpin : t.drive.pin}</span>
      </Button>
      {card.patch ? (
        <Button look="quiet" onClick={() => setDiff(true)}>
          {t.drive.diff}
        </Button>
      ) : null}
      <PreviewButton card={card} />
      <Dialog open={diff} onClose={() => setDiff(false)} title={card.text} wide>
        {card.patch ? <PatchDiff patch={card.patch} /> : null}
      </Dialog>
    </>
  );
}

const ariaKeys = (chord: string | undefined) => chord?.replace('Mod', 'Control');

function Chord({ keys }: { readonly keys: string | undefined }) {
  return keys === undefined ? null : (
    <span className={s['chord']} aria-hidden="true">
      <KeyCaps keys={keys} short />
    </span>
  );
}

function PatchDiff({ patch }: { readonly patch: NonNullable<SuggestionView['patch']> }) {
  const session = useSessionId();
  const read = useFiles(patch.revision);
  if (!read.value) return <Hint>{read.error?.message ?? t.loading}</Hint>;
  const after = patchFiles(read.value.files, {
    files: patch.files.map(({ path, hunks }) => ({ path, hunks: [...hunks] })),
  });
  if (!after.ok) return <Hint>{t.rejections.patch_invalid({ revision: patch.revision, ...after.error })}</Hint>;
  return patch.files.map(({ path }) => (
    <figure key={path} className={s['diff']}>
      <figcaption>
        <code translate="no">{path}</code> <span>{t.patch.against(patch.revision)}</span>
      </figcaption>
      <div>
        <OnDemand
          load={diffView}
          props={{
            sessionId: session,
            path,
            before: read.value?.files[path] ?? '',
            after: after.value[path] ?? '',
          }}
        />
      </div>
    </figure>
  ));
}
