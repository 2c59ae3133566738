// What is to be predicted of a sent table: the server's proposal for a target, and the answers that a person changes.
// Invariant: the answers are those of the newest choice, on the table that is shown; an answer to an earlier one is dropped.
import { useRef, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { proposalRoute } from '#session-core/protocol/http-api/table-routes.ts';
import type { Proposal, TableAnswers, UploadedTable } from './table-types.ts';

interface Task {
  readonly proposal: Proposal;
  readonly answers: TableAnswers;
}

export function useTask(options: {
  readonly createKey: string;
  readonly onRefusal: (message: string | null, code?: string) => void;
}) {
  const { createKey, onRefusal } = options;
  const [task, setTask] = useState<Task | null>(null);
  /** The target that is chosen; its proposal may still be on its way. */
  const [target, setTarget] = useState('');
  const [settled, setSettled] = useState(false);
  const newest = useRef(0);

  const clear = () => {
    newest.current += 1;
    setTask(null);
    setTarget('');
    setSettled(false);
  };
  const choose = async (sent: { readonly name: string; readonly table: UploadedTable }, to: string, kind?: Kind) => {
    newest.current += 1;
    const mine = newest.current;
    setTarget(to);
    setSettled(false);
    const body = { target: to, ...(kind ? { kind } : {}) };
    const answer = await ask(proposalRoute, { params: { table: sent.table.id }, body }, undefined, createKey);
    if (mine !== newest.current) return;
    if (!answer.ok) {
      setTarget('');
      return onRefusal(answer.error.message, answer.error.code);
    }
    onRefusal(null);
    setTask((before) => ({ proposal: answer.value, answers: answersOf(sent, answer.value, before) }));
    setSettled(true);
  };
  return {
    target,
    proposal: settled ? (task?.proposal ?? null) : null,
    answers: settled ? (task?.answers ?? null) : null,
    clear,
    choose,
    change: (how: (answers: TableAnswers) => TableAnswers) =>
      setTask((before) => before && { ...before, answers: how(before.answers) }),
  };
}
type Kind = TableAnswers['kind'];

/** @param before what was decided for another target or kind of the same table: what still means something stays */
function answersOf(
  sent: { readonly name: string; readonly table: UploadedTable },
  proposal: Proposal,
  before: Task | null,
): TableAnswers {
  const { target, kinds, unit } = proposal;
  const [kind = 'regression'] = kinds;
  const proposed = proposal.forbidden.map(({ column }) => column);
  const isSame = before?.answers.target === target;
  const group = before?.answers.group;
  return {
    id: sent.table.id,
    dataset: sent.name.slice(0, 80),
    target,
    kind,
    measure: kind === 'regression' ? 'rmse' : 'logLoss',
    forbidden: before !== null && isSame ? merged(proposed, before) : proposed,
    unit: isSame ? before.answers.unit : unit,
    inRepository: before?.answers.inRepository ?? false,
    ...(group === undefined || group === target ? {} : { group }),
  };
}

/** The new proposal, with what a person has ticked or unticked against the one before. */
function merged(proposed: readonly string[], { proposal, answers }: Task): string[] {
  const earlier = new Set(proposal.forbidden.map(({ column }) => column));
  const unticked = [...earlier].filter((column) => !answers.forbidden.includes(column));
  const ticked = answers.forbidden.filter((column) => !earlier.has(column));
  return [...new Set([...proposed.filter((column) => !unticked.includes(column)), ...ticked])];
}
