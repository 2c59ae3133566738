// What the facilitators' pages compute from the agenda: which step is next, where a moved one goes, how much time is left.
import type { Id } from '../model/types.ts';
import type { AgendaView } from '../view/view-agenda.ts';

const isOpen = ({ steps }: AgendaView, id: Id): boolean => steps[id]?.skipped !== true;

/** Behind the current one, without those that are skipped. */
export function nextStep(agenda: AgendaView): Id | undefined {
  const at = agenda.now === null ? -1 : agenda.order.indexOf(agenda.now);
  return agenda.order.find((id, i) => i > at && isOpen(agenda, id));
}

export function previousStep(agenda: AgendaView): Id | undefined {
  const at = agenda.now === null ? 0 : agenda.order.indexOf(agenda.now);
  return agenda.order.findLast((id, i) => i < at && isOpen(agenda, id));
}

/** The step behind which this one goes if it moves one place up or down; null: to the front; undefined: it cannot. */
export function placeAfter({ order }: AgendaView, step: Id, by: -1 | 1): Id | null | undefined {
  const at = order.indexOf(step);
  if (at < 0 || at + by < 0 || at + by >= order.length) return undefined;
  return by === 1 ? order[at + 1] : (order[at - 2] ?? null);
}

/** Of all steps that are not skipped, and of those among them that are not done. */
export function minutesOf(agenda: AgendaView): { readonly left: number; readonly all: number } {
  const steps = agenda.order.flatMap((id) => (isOpen(agenda, id) ? (agenda.steps[id] ?? []) : []));
  const sum = (some: readonly { readonly minutes: number }[]) => some.reduce((all, { minutes }) => all + minutes, 0);
  return { left: sum(steps.filter(({ doneAt }) => doneAt === undefined)), all: sum(steps) };
}
