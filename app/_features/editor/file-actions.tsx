'use client';
// What the driver does with files: add, rename and delete them; search in all of them; how the editor looks.
import { DropdownMenu } from 'radix-ui';
import { type FormEvent, useState } from 'react';
import { useActing } from '#app/_session/command-actions.tsx';
import type { TextState } from '#app/_session/text/doc-provider.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { EditorSettings } from './editor-settings.ts';
import s from './file-actions.module.css';
import { addFile, findInFiles, nameProblem, removeFile, renameFile } from './workspace-files.ts';

type Sheet = 'add' | 'rename' | 'find' | 'settings';

export function FileActions(props: {
  readonly state: TextState;
  readonly shown: string | null;
  readonly settings: EditorSettings;
  readonly onOpen: (path: string) => void;
  readonly onPlace: (place: Place) => void;
}) {
  const { state, shown, settings, onOpen, onPlace } = props;
  const { say } = useActing();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const close = () => setSheet(null);
  const { doc, drives } = state;
  const remove = (path: string) => {
    const restore = removeFile(doc, path);
    const undo = () => {
      restore();
      onOpen(path);
    };
    say(t.files.removed(path), 'good', { label: t.drive.undo, run: undo });
  };
  const item = (label: string, run: () => void, disabled = false) => (
    <DropdownMenu.Item className={s['item']} disabled={disabled} onSelect={run}>
      {label}
    </DropdownMenu.Item>
  );
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className={s['open']} aria-label={t.files.menu}>
          <Icon name="more" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={s['menu']} align="end">
            {item(t.files.add, () => setSheet('add'), !drives)}
            {shown === null ? null : item(t.files.rename(shown), () => setSheet('rename'), !drives)}
            {shown === null ? null : item(t.files.remove(shown), () => remove(shown), !drives)}
            {item(t.files.find, () => setSheet('find'))}
            {item(t.files.settings, () => setSheet('settings'))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog open={sheet === 'add'} onClose={close} title={t.files.add}>
        <NameForm
          paths={state.paths}
          name=""
          onName={(path) => {
            addFile(doc, path);
            onOpen(path);
            close();
          }}
        />
      </Dialog>
      <Dialog open={sheet === 'rename'} onClose={close} title={t.files.rename(shown ?? '')}>
        <NameForm
          paths={state.paths.filter((path) => path !== shown)}
          name={shown ?? ''}
          onName={(path) => {
            if (shown !== null && path !== shown) renameFile(doc, shown, path);
            onOpen(path);
            close();
          }}
        />
      </Dialog>
      <Dialog open={sheet === 'find'} onClose={close} title={t.files.find}>
        <FindForm
          state={state}
          onPlace={(place) => {
            close();
            onPlace(place);
          }}
        />
      </Dialog>
      <Dialog open={sheet === 'settings'} onClose={close} title={t.files.settings}>
        <Toggle label={t.files.minimap} checked={settings.minimap} onChange={settings.setMinimap} />
        <Toggle label={t.files.format} checked={settings.format} onChange={settings.setFormat} />
        <div className={s['size']}>
          <span>{t.files.size(settings.size)}</span>
          <Button aria-label={t.files.smaller} onClick={() => settings.setSize(settings.size - 1)}>
            A−
          </Button>
          <Button aria-label={t.files.larger} onClick={() => settings.setSize(settings.size + 1)}>
            A+
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function NameForm(props: {
  readonly paths: readonly string[];
  readonly name: string;
  readonly onName: (path: string) => void;
}) {
  const [path, setPath] = useState(props.name);
  const [error, setError] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = nameProblem(props.paths, path.trim());
    if (problem === null) props.onName(path.trim());
    else if (problem === 'full') setError(t.files.full(LIMITS.documentFiles));
    else setError(problem === 'taken' ? t.files.taken : t.files.wrongName(problem.reason));
  };
  return (
    <form className={s['form']} onSubmit={submit}>
      <Field
        label={t.files.name}
        hint={t.files.nameHint}
        value={path}
        maxLength={60}
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setPath(event.target.value)}
      />
      {error === '' ? null : <p role="alert">{error}</p>}
      <Button look="primary" type="submit">
        {t.card.save}
      </Button>
    </form>
  );
}

function FindForm({ state, onPlace }: { readonly state: TextState; readonly onPlace: (place: Place) => void }) {
  const [wanted, setWanted] = useState('');
  const found = findInFiles(state.doc, state.paths, wanted.trim());
  return (
    <div className={s['form']}>
      <Field label={t.files.findLabel} value={wanted} onChange={(event) => setWanted(event.target.value)} />
      <p role="status">{wanted.trim() === '' ? '' : t.files.found(found.length)}</p>
      <ul className={s['found']}>
        {found.map(({ path, line, column, text }) => (
          <li key={`${path}:${line}`}>
            <button type="button" onClick={() => onPlace({ file: path, line, column })}>
              <b translate="no">{`${path}:${line}`}</b> <code translate="no">{text}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
