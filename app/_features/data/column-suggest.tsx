'use client';
// From a column to a suggestion: where params.yaml has a switch for it, one tap suggests to flip it, as in the list of
// parameters; else, and for everything else, the composer opens with its name.
import { useState } from 'react';
import { paramSuggestion } from '#app/_features/params/param-suggestion.ts';
import { controlsOf } from '#app/_features/params/params.ts';
import { useActing } from '#app/_session/command-actions.tsx';
import { useFiles } from '#app/_session/use-api.ts';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import { PARAMS_FILE } from '#pipeline-core/workspace/param-controls.ts';
import s from './data.module.css';
import type { Suggest } from './row-list.tsx';
import type { ColumnProfile } from './use-data.ts';

export function ColumnSuggest({ column, onSuggest }: { readonly column: ColumnProfile; readonly onSuggest: Suggest }) {
  const { name, label, role } = column;
  const revision = useOfView((view) => view.revision);
  const frozen = useOfView((view) => view.settings.frozen);
  const { act, say } = useActing();
  const [busy, setBusy] = useState(false);
  const read = useFiles(revision);
  const text = read.value?.files[PARAMS_FILE];
  const control = controlsOf(text ?? '').find((one) => one.kind === 'switch' && one.key === `columns.${name}`);
  const used = control?.value === true;
  const flip = async () => {
    if (busy || control === undefined || text === undefined || !read.value) return;
    setBusy(true);
    const command = paramSuggestion({ text, revision: read.value.revision }, control, !used);
    const ack = await act(command);
    setBusy(false);
    if (ack.ok) say(t.params.sent(command.text));
  };
  if (role === 'forbidden') return <Hint>{t.data.forbidden}</Hint>;
  return (
    <div className={s['suggest']}>
      {control === undefined ? null : <Hint>{used ? t.data.used : t.data.notUsed}</Hint>}
      <div className={s['buttons']}>
        {role === 'target' ? null : (
          <Button
            look="signal"
            disabled={frozen}
            aria-busy={busy}
            onClick={() => (control === undefined ? onSuggest(t.data.startUsing(name)) : void flip())}
          >
            {used ? t.data.drop : t.data.use}
          </Button>
        )}
        <Button disabled={frozen} onClick={() => onSuggest(t.data.aboutColumn(label, name))}>
          {t.data.suggestColumn}
        </Button>
      </div>
    </div>
  );
}
