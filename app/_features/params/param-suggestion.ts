// A changed parameter as a suggestion: a one-line patch with a generated sentence.
import { t } from '#app/_strings/strings.ts';
import { PARAMS_FILE, type ParamControl, setParam } from '#pipeline-core/workspace/param-controls.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { hunksOf } from '#session-core/text/patch.ts';
import { type ParamValue, valueText } from './params.ts';

export function paramSentence(control: ParamControl, value: ParamValue): string {
  const name = control.key.split('.').at(-1) ?? control.key;
  const column = control.key.startsWith('columns.');
  if (control.kind === 'switch' && column) return value ? t.params.switchOn(name) : t.params.switchOff(name);
  return t.params.set(control.key, valueText(control.value), valueText(value));
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
