// The values of params.yaml as controls. Changing one makes a suggestion: a one-line patch with a generated sentence.

import { t } from '#app/_strings/strings.ts';
import { PARAMS_FILE } from '#pipeline-core/workspace/file-names.ts';
import { type ParamControl, paramControls, setParam } from '#pipeline-core/workspace/param-controls.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { hunksOf } from '#session-core/text/patch.ts';

export type ParamValue = ParamControl['value'];

/** The controls in the order of the file; none if the file cannot be parsed. */
export function controlsOf(text: string): readonly ParamControl[] {
  try {
    return paramControls(text);
  } catch {
    // The driver may be in the middle of typing; the next revision is parsed again.
    return [];
  }
}

export function paramSentence(control: ParamControl, value: ParamValue): string {
  const name = control.key.split('.').at(-1) ?? control.key;
  const column = control.key.startsWith('columns.');
  if (control.kind === 'switch' && column) return value ? t.params.switchOn(name) : t.params.switchOff(name);
  return t.params.set(control.key, valueText(control.value), valueText(value));
}

export function valueText(value: ParamValue): string {
  if (value === true) return t.params.on;
  if (value === false) return t.params.off;
  return value === null ? t.params.noLimit : String(value);
}

/** The suggestion that sets `control` to `value` in the text of params.yaml at a revision. */
export function paramSuggestion(
  at: { readonly text: string; readonly revision: number; readonly stage?: string },
  control: ParamControl,
  value: ParamValue,
): Extract<ClientCommand, { type: 'suggestion.add' }> {
  const hunks = hunksOf(at.text, setParam(at.text, control.key, value));
  return {
    type: 'suggestion.add',
    text: paramSentence(control, value),
    ...(at.stage ? { stage: at.stage } : {}),
    patch: { revision: at.revision, files: [{ path: PARAMS_FILE, hunks }] },
  };
}

/** What to show first: at most three columns that are off, the model, the numbers of that model, then the rest. */
export function firstControls(controls: readonly ParamControl[], most: number): readonly ParamControl[] {
  const model = controls.filter((control) => control.kind === 'choice').slice(0, 1);
  const off = controls.filter(
    (control) => control.kind === 'switch' && control.value === false && control.key.startsWith('columns.'),
  );
  const first = [...off.slice(0, 3), ...model];
  const own = controls.filter((control) => model.some(({ value }) => control.key.startsWith(`${value}.`)));
  const numbers = controls.filter((control) => control.kind === 'number');
  return [...new Set([...first, ...own, ...off, ...numbers])].slice(0, most);
}
