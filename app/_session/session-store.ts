// The state of a session on this page: the view, the participant's own part, the connection, the progress of runs.
// Invariant: views change only by snapshots and patches from the server, applied in order; a gap is requested again.

import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { letGoFirst } from '#app/_ui/in-turn.ts';
import type { FirstView } from '#session-core/client/first-view.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { type Ack, applyPatch, PROTOCOL, type Snapshot, type ViewPatch } from '#session-core/protocol/messages.ts';
import type { FacilitatorView, PublicView, YouView } from '#session-core/view/view-types.ts';
import { learnClock } from './clock.ts';
import type { Connection, ConnectionState, Final } from './connection.ts';
import { connectLate, notConnected } from './late-connection.ts';
import type { ProgressMap } from './run-progress.ts';
import { tabId } from './tab.ts';
import { createViewPace } from './view/view-pace.ts';

export type AnyView = PublicView | FacilitatorView;
export interface Known {
  readonly view: AnyView | null;
  /** The page came with the first part of the view, for somebody who has joined; the rest has not arrived yet. */
  readonly first: FirstView | null;
  /** null: a viewer, who has not joined; or not known yet. */
  readonly you: YouView | null;
  readonly tab: string;
  readonly connection: ConnectionState;
  readonly final: Final | null;
  readonly progress: ProgressMap;
}
export interface SessionStore {
  subscribe(changed: () => void): () => void;
  get(): Known;
  send(command: ClientCommand): Promise<Ack>;
  retry(): void;
  /** Connects; call what it returns to leave. */
  open(): () => void;
}

const INITIAL: Known = {
  view: null,
  first: null,
  you: null,
  tab: '',
  connection: { status: 'live', downSince: null },
  final: null,
  progress: {},
};

export function createSessionStore(
  sessionId: string,
  { viewer, first }: { readonly viewer: boolean; readonly first: FirstView | null },
): SessionStore {
  let known: Known =
    first === null
      ? INITIAL
      : { ...INITIAL, view: first.view, first, connection: { status: 'delayed', downSince: null } };
  let heads = { logId: '', lastSeq: 0, youSeq: 0 };
  let connection: Connection | null = null;
  let opening: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const set = (change: Partial<Known>): void => {
    known = { ...known, ...change };
    for (const listener of listeners) listener();
  };

  /** Arrived, and not shown yet. */
  const waiting: { readonly view: ViewPatch[]; readonly you: ViewPatch[] } = { view: [], you: [] };
  const latest = <K extends 'view' | 'you'>(chain: K): Known[K] =>
    waiting[chain]
      .splice(0)
      .reduce((value, patch) => (value === null ? value : applyPatch(value, patch)), known[chain]);
  /** Of the runs that are under way; shown at the same pace. */
  let progress: ProgressMap = INITIAL.progress;
  const pace = createViewPace(() => set({ view: latest('view'), you: latest('you'), progress }));

  /** The view is whole, or will not come. */
  let settle = (): void => undefined;
  const follow = (chain: 'view' | 'you', patch: ViewPatch): boolean => {
    const at = chain === 'view' ? heads.lastSeq : heads.youSeq;
    const complete = known[chain] !== null && known.first === null;
    if (!complete || patch.from !== at) return complete && patch.seq <= at;
    heads = { ...heads, [chain === 'view' ? 'lastSeq' : 'youSeq']: patch.seq };
    waiting[chain].push(patch);
    pace.changed();
    // One's own part is what one has just done, or is asked.
    if (chain === 'you') pace.now();
    return true;
  };
  const listener = {
    snapshot({ protocol, logId, seq, youSeq, view, you }: Snapshot<AnyView, YouView>) {
      if (protocol !== PROTOCOL) {
        // The server was updated, so the code of this page is outdated.
        connection?.close();
        set({ final: { code: 'protocol', message: t.connection.newVersion } });
        return;
      }
      heads = { logId, lastSeq: seq, youSeq };
      for (const patches of [waiting.view, waiting.you]) patches.length = 0;
      set({ view, you, first: null });
      settle();
    },
    patch: (patch: ViewPatch) => follow('view', patch),
    you: (patch: ViewPatch) => follow('you', patch),
    progress(after: (map: ProgressMap) => ProgressMap) {
      progress = after(progress);
      pace.changed();
    },
    connection: (state: ConnectionState) => set({ connection: state }),
    final(final: Final) {
      set({ final });
      settle();
    },
    shown: () => known,
    held: () => (known.view === null || known.first !== null ? null : heads),
  };

  return {
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    get: () => known,
    async send(command) {
      // What was tapped before the scripts came is sent as they do, a moment before the tab is known.
      const since = Date.now();
      await opening;
      const ack = await (connection?.send(command, since) ?? notConnected());
      // Its code comes with the form that shows the count: no first view needs it.
      if (ack.ok && command.type === 'suggestion.add') (await import('./use-pace.ts')).countSuggestion(sessionId);
      // Whoever reads the answer finds it in the view.
      pace.now();
      return ack;
    },
    retry: () => connection?.retry(),
    open() {
      let left = false;
      // A slow network brings the view before the code of what nobody waits for.
      letGoFirst(
        new Promise<void>((done) => {
          settle = done;
        }),
      );
      opening = tabId().then((tab) => {
        if (left) return;
        set({ tab });
        connection = connectLate<AnyView, YouView>({ sessionId, tab, viewer }, listener);
      });
      // In a task of its own: to ask takes a slow phone a moment, in which the page comes to life.
      const asking = setTimeout(() => {
        void fetch(appPath(`/api/sessions/${encodeURIComponent(sessionId)}`), { cache: 'no-store' })
          .then((response) => learnClock(response.headers.get('date'), Date.now()))
          .catch(() => undefined); // only the clock offset is missing then; the socket reports real connection problems
      });
      return () => {
        left = true;
        clearTimeout(asking);
        settle();
        pace.stop();
        connection?.close();
        connection = null;
      };
    },
  };
}
