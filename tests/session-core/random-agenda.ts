// Commands about the agenda in random sessions: steps begin more often than they are edited.
import type { SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';

interface Chance {
  readonly a: number;
  readonly b: number;
  readonly flag: boolean;
}

export const agendaCommand = ({ agenda }: SessionState, { a, b, flag }: Chance): Command => {
  const at = (n: number) => (n % 17 === 0 ? 'a99' : (agenda.order[n % Math.max(1, agenda.order.length)] ?? 'a99'));
  const step = at(a);
  const after = flag ? null : at(b);
  switch ((a * 7 + b) % 14) {
    case 0:
      return { type: 'agenda.choose', minutes: flag ? 45 : 90 };
    case 1:
      return { type: 'tour.show', step, place: b % 3 };
    case 2:
      return { type: 'agenda.add', after, title: b % 9 ? `Step ${b}` : ' ', minutes: 1 + (b % 20) };
    case 3:
      return { type: 'agenda.edit', step, skipped: flag };
    case 4:
      return { type: 'agenda.edit', step, title: `Renamed ${b}`, minutes: 1 + (b % 20) };
    case 5:
      return { type: 'agenda.move', step, after };
    case 6:
      return { type: 'agenda.tick', step, done: flag };
    case 7:
      return { type: 'agenda.undo' };
    default:
      return { type: 'agenda.begin', step };
  }
};
