// The session as the participant's page shows it before its socket has connected. Invariant: made from the public view,
// so the same for everybody; made once a second, however many people arrive at once.
import { PARAMS_FILE } from '#pipeline-core/workspace/param-controls.ts';
import { type FirstView, firstViewOf } from '#session-core/client/first-view.ts';
import { writePageFacts } from '#session-core/protocol/page-facts.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import type { LiveSession } from '../session/session-api.ts';

/** Milliseconds for which one serves all who arrive: every join makes another view. */
const FRESH_MS = 1_000;

const made = new WeakMap<LiveSession, { readonly at: number; readonly facts: Promise<string> }>();
const params = new WeakMap<LiveSession, { readonly revision: number; readonly text: Promise<string | undefined> }>();

/** What the page shows of it, as its request carries it. */
export function firstViewFacts(session: LiveSession): Promise<string> {
  const at = performance.now();
  const known = made.get(session);
  if (known !== undefined && at - known.at < FRESH_MS) return known.facts;
  const facts = make(session, session.view());
  made.set(session, { at, facts });
  // What could not be read is tried again by the next one.
  facts.catch(() => made.delete(session));
  return facts;
}

async function make(session: LiveSession, view: PublicView): Promise<string> {
  const text = await paramsOf(session, view.revision);
  const first: FirstView = {
    view: firstViewOf(view),
    ...(text === undefined ? {} : { params: { revision: view.revision, text } }),
  };
  return writePageFacts({ first: JSON.stringify(first) });
}

function paramsOf(session: LiveSession, revision: number): Promise<string | undefined> {
  const known = params.get(session);
  if (known?.revision === revision) return known.text;
  const text = session.files(revision).then((read) => read?.files[PARAMS_FILE]);
  params.set(session, { revision, text });
  text.catch(() => params.delete(session));
  return text;
}
