// The agenda as the facilitators see it: its steps with what was reached, and whether there is an edit to undo.
import type { Agenda, AgendaStep } from '../model/agenda.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { given, own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';

export interface AgendaStepView extends AgendaStep {
  readonly begunAt?: number;
  readonly doneAt?: number;
}

export interface AgendaView extends Pick<Agenda, 'minutes' | 'order' | 'now'> {
  readonly steps: Readonly<Record<Id, AgendaStepView>>;
  readonly undo: boolean;
}

const views = shared<AgendaView>();
const stepViews = shared<AgendaStepView>();

export const agendaView = ({ agenda }: SessionState): AgendaView =>
  views(agenda, [], () => {
    const { minutes, order, now, steps, progress, undo } = agenda;
    const shown = Object.entries(steps).map(([id, step]) => {
      const { begunAt, doneAt } = own(progress, id) ?? {};
      return [id, stepViews(step, [begunAt, doneAt], () => ({ ...step, ...given({ begunAt, doneAt }) }))] as const;
    });
    return { minutes, order, now, steps: Object.fromEntries(shown), undo: undo.length > 0 };
  });
