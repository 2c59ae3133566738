// What `decide` needs to know of the session's course: its checkpoints and agendas, and where in the live text the places
// of a tour are now.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Lines, PlannedAgenda } from '#session-core/model/agenda.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { DecisionContext } from '#session-core/rules/context.ts';
import { movedLines } from '#session-core/text/moved-lines.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { Texts } from '../document/document.ts';

/** The texts of a checkpoint of a course and the task that it answers; null: there is none of that name. */
export type CheckpointOf = (course: string, name: string) => { readonly files: Texts; readonly task: Task } | null;

/** Of the course of this name; null: it has none of these minutes. */
export type AgendaOf = (course: string, minutes: number) => PlannedAgenda | null;

export interface CourseSources {
  readonly agenda: AgendaOf;
  readonly checkpoint: CheckpointOf;
}

export function agendaContext({ agenda, checkpoint }: CourseSources) {
  return {
    chosen(state: SessionState, minutes: number): DecisionContext {
      const found = agenda(state.task.course, minutes);
      return found ? { agenda: found } : {};
    },

    /** Lines were counted in a checkpoint; the text may have changed since, by the driver or by applied patches. */
    places(state: SessionState, step: Id, live: Texts): DecisionContext {
      const { show, counted } = own(state.agenda.steps, step) ?? {};
      if (!show || counted === undefined) return {};
      const base = checkpoint(state.task.course, counted)?.files ?? {};
      const places = show.map(({ file, fromLine, toLine }): Lines | null => {
        const now = own(live, file);
        if (now === undefined) return null;
        return { file, ...movedLines(own(base, file) ?? now, now, { fromLine, toLine }) };
      });
      return { places };
    },
  };
}
