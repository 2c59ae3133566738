'use client';
// Which column the Data scene shows, for the facilitator: the one before, the one after, or any by its name.
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import s from './data.module.css';
import { columnAt, columnBeside } from './paging.ts';
import { useDataProfile } from './use-data.ts';

export function DataPager() {
  const act = useAct();
  const scene = useOfView((view) => view.scene);
  const shown = scene.name === 'data';
  const profile = useDataProfile(shown).value;
  if (!shown || profile === null) return null;
  const show = (column: string | undefined) =>
    void act({ type: 'scene.show', scene: 'data', ...(column ? { column } : {}) });
  return (
    <div className={s['pager']}>
      <Button square aria-label={t.data.previous} onClick={() => show(columnBeside(profile, scene.column, -1))}>
        ‹
      </Button>
      <select
        className={f['select']}
        aria-label={t.data.column}
        value={columnAt(profile, scene.column)?.name}
        onChange={(event) => show(event.target.value)}
      >
        {profile.columns.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <Button square aria-label={t.data.next} onClick={() => show(columnBeside(profile, scene.column, 1))}>
        ›
      </Button>
    </div>
  );
}
