// The values of params.yaml as controls. Changing one makes a suggestion (`param-suggestion`).

import { t } from '#app/_strings/strings.ts';
import { type ParamControl, paramControls } from '#pipeline-core/workspace/param-controls.ts';

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

export function valueText(value: ParamValue): string {
  if (value === true) return t.params.on;
  if (value === false) return t.params.off;
  return value === null ? t.params.noLimit : String(value);
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
