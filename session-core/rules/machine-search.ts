// "Let the machine try": a search for better parameters within a budget of seconds, on the code as it is.
// Invariant: one search at a time; it changes no code. What it found stays until the next one starts, and is a patch that
// anybody may suggest.
import type { MachineSearch } from '../model/machine-search.ts';
import type { SessionState } from '../model/state.ts';
import { given, own } from '../util/immutable-map.ts';
import type { Deciders, Evolvers, NewEvent } from './decider.ts';
import { happened, idOf, newEvent, noChange, refused } from './decider.ts';
import { currentTree, cutIfChanged } from './revision.ts';

export const isSearching = ({ search }: SessionState): boolean => search !== null && search.ended === undefined;

/** The events that end a search under way. */
export const endSearch = (state: SessionState): readonly NewEvent[] =>
  state.search && isSearching(state)
    ? [newEvent('search.ended', { search: state.search.id, why: 'stopped', trials: state.search.trials })]
    : [];

export const searchDeciders: Deciders<'search.start' | 'search.stop' | 'search.report' | 'search.finish'> = {
  'search.start': (state, { seconds }, meta) => {
    if (isSearching(state)) return refused('search_running');
    const cut = cutIfChanged(state, meta.facts?.tree, 'run');
    const revision = state.revision + cut.length;
    if (revision === 0) return refused('not_found', { what: 'revision', id: 1 });
    return happened(
      ...cut,
      newEvent('search.started', { revision, tree: meta.facts?.tree ?? currentTree(state), seconds }),
    );
  },
  'search.stop': (state) => {
    const events = endSearch(state);
    return events.length > 0 ? happened(...events) : noChange;
  },
  'search.report': (state, { type: _, ...found }) =>
    isSearching(state) && state.search?.id === found.search ? happened(newEvent('search.improved', found)) : noChange,
  'search.finish': (state, { type: _, ...end }) =>
    isSearching(state) && state.search?.id === end.search ? happened(newEvent('search.ended', end)) : noChange,
};

const changed = (state: SessionState, id: string, changes: Partial<MachineSearch>): SessionState =>
  state.search?.id === id && isSearching(state) ? { ...state, search: { ...state.search, ...changes } } : state;

export const searchEvolvers: Evolvers<'search.started' | 'search.improved' | 'search.ended'> = {
  'search.started': (state, { seq, at, by, payload: { revision, tree: _, seconds } }) => {
    const task = own(state.revisions, String(revision))?.task ?? state.task.id;
    return { ...state, search: { id: idOf('m', seq), by, at, seconds, revision, task, trials: 0 } };
  },
  'search.improved': (state, { payload: { search, trials, base, evaluation, best } }) =>
    changed(state, search, { trials, base, ...given({ evaluation, best }) }),
  'search.ended': (state, { at, payload: { search, why, trials } }) =>
    changed(state, search, { trials, ended: { why, at } }),
};
