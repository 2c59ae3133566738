'use client';
// The settings of the session, and ending or deleting it.

import { useState } from 'react';
import { useAct, useActing } from '#app/_session/command-actions.tsx';
import { ask } from '#app/_session/http.ts';
import { useOfFacilitatorView, useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { Button } from '#app/_ui/button.tsx';
import { dateText } from '#app/_ui/chart-numbers.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import f from '#app/_ui/field.module.css';
import { Toggle } from '#app/_ui/field.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { CHECKS } from '#session-core/model/checks.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { LANGUAGE_NAMES } from '#session-core/model/languages.ts';
import type { License } from '#session-core/model/licenses.ts';
import { deleteRoute } from '#session-core/protocol/http-api/session-routes.ts';
import s from './host-panels.module.css';
import { RevealButton } from './reveal-button.tsx';

type Changes = Omit<Extract<ClientCommand, { type: 'session.configure' }>, 'type'>;

export function SettingsPanel() {
  const view = useView('settings', 'status');
  const act = useAct();
  const session = useSessionId();
  const { say } = useActing();
  const [asked, setAsked] = useState<'end' | 'remove' | null>(null);
  const { settings } = view;
  const close = () => setAsked(null);
  const remove = async () => {
    const answer = await ask(deleteRoute, { params: { id: session } });
    if (answer.ok) location.assign(appPath('/'));
    else say(answer.error.message, 'bad');
  };
  const set = (changes: Changes) => void act({ type: 'session.configure', ...changes });
  return (
    <Panel title={t.settings.head}>
      <Toggle
        label={t.settings.frozen}
        hint={t.settings.frozenHint}
        checked={settings.frozen}
        onChange={(frozen) => set({ frozen })}
      />
      <Toggle
        label={t.create.approve}
        hint={t.settings.approveHint}
        checked={settings.approveFirst}
        onChange={(approveFirst) => set({ approveFirst })}
      />
      <Toggle
        label={t.settings.filter}
        hint={t.settings.filterHint}
        checked={settings.wordFilter}
        onChange={(wordFilter) => set({ wordFilter })}
      />
      <Toggle
        label={t.settings.autoRun}
        hint={t.settings.autoRunHint}
        checked={settings.autoRun}
        onChange={(autoRun) => set({ autoRun })}
      />
      <Choice
        label={t.settings.previews}
        value={settings.previews}
        options={t.settings.previewChoices}
        onChange={(previews) => set({ previews })}
      />
      {settings.previews === 'top' ? (
        <Choice
          label={t.settings.previewTop}
          value={String(settings.previewTop)}
          options={{ 1: '1', 3: '3', 5: '5', 10: '10' }}
          onChange={(top) => set({ previewTop: Number(top) })}
        />
      ) : null}
      <Choice
        label={t.create.holdout}
        value={settings.holdout}
        options={t.create.holdoutChoices}
        onChange={(holdout) => set({ holdout })}
      />
      <Choice
        label={t.create.language}
        value={settings.language}
        options={LANGUAGE_NAMES}
        onChange={(language) => set({ language })}
      />
      <Choice
        label={t.settings.license}
        value={settings.license}
        options={licenseNames()}
        onChange={(license) => set({ license })}
      />
      <fieldset className={s['checks']}>
        <legend>{t.checkDetails.required}</legend>
        {CHECKS.map((check) => (
          <Toggle
            key={check}
            label={t.checkDetails.full[check]}
            checked={settings.requiredChecks.includes(check)}
            onChange={(on) => {
              const others = settings.requiredChecks.filter((one) => one !== check);
              set({ requiredChecks: on ? [...others, check] : others });
            }}
          />
        ))}
        <Hint>{t.checkDetails.requiredHint}</Hint>
      </fieldset>
      <RevealButton />
      <Button look="danger" disabled={view.status === 'ended'} onClick={() => setAsked('end')}>
        {t.settings.end}
      </Button>
      <Button look="quiet" onClick={() => setAsked('remove')}>
        {t.settings.remove}
      </Button>
      <KeptUntil />
      <Dialog open={asked === 'remove'} onClose={close} title={t.settings.removeHead}>
        <p>{t.settings.removeHint}</p>
        <Remains />
        <div className={s['buttons']}>
          <Button look="danger" onClick={() => void remove()}>
            {t.settings.remove}
          </Button>
          <Button onClick={close}>{t.cancel}</Button>
        </div>
      </Dialog>
      <Dialog open={asked === 'end'} onClose={close} title={t.settings.endHead}>
        <p>{t.settings.endHint}</p>
        <div className={s['buttons']}>
          <Button
            look="danger"
            onClick={() => {
              void act({ type: 'session.end' });
              close();
            }}
          >
            {t.settings.end}
          </Button>
          <Button onClick={close}>{t.cancel}</Button>
        </div>
      </Dialog>
    </Panel>
  );
}

const licenseNames = (): Readonly<Record<License, string>> => ({
  MIT: 'MIT',
  'Apache-2.0': 'Apache 2.0',
  'BSD-3-Clause': 'BSD 3-Clause',
  'CC0-1.0': 'CC0 1.0',
  none: t.settings.noLicense,
});

function Choice<K extends string>(props: {
  readonly label: string;
  readonly value: K;
  readonly options: Readonly<Record<K, string>>;
  readonly onChange: (value: K) => void;
}) {
  return (
    <label className={s['choice']}>
      <span>{props.label}</span>
      <select className={f['select']} value={props.value} onChange={(event) => props.onChange(event.target.value as K)}>
        {Object.entries<string>(props.options).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

/** SQLite overwrites what it frees; Postgres does not. */
function Remains() {
  const remains = useOfFacilitatorView((view) => view.retention.remains);
  return remains ? <Hint>{t.settings.remains}</Hint> : null;
}

/** The server deletes what nobody uses. */
function KeptUntil() {
  const keptUntil = useOfFacilitatorView((view) => view.retention.keptUntil);
  return keptUntil === undefined ? null : <Hint>{t.settings.keptUntil(dateText(keptUntil))}</Hint>;
}
