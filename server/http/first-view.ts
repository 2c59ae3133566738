// The session as the participant's page shows it before its socket has connected. Invariant: made from the public view,
// so the same for everybody; made once for each state of that view, however many people arrive at once.
import { PARAMS_FILE } from '#pipeline-core/workspace/file-names.ts';
import { type FirstView, firstViewOf } from '#session-core/view/first-view.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import type { LiveSession } from '../session/session-api.ts';

const made = new WeakMap<PublicView, Promise<string>>();
const params = new WeakMap<LiveSession, { readonly revision: number; readonly text: Promise<string | undefined> }>();

/** JSON of a FirstView. */
export function firstViewJson(session: LiveSession): Promise<string> {
  const view = session.view();
  const known = made.get(view);
  if (known !== undefined) return known;
  const making = make(session, view);
  made.set(view, making);
  // What could not be read is tried again by the next one.
  making.catch(() => made.delete(view));
  return making;
}

async function make(session: LiveSession, view: PublicView): Promise<string> {
  const text = await paramsOf(session, view.revision);
  const first: FirstView = {
    view: firstViewOf(view),
    ...(text === undefined ? {} : { params: { revision: view.revision, text } }),
  };
  return JSON.stringify(first);
}

function paramsOf(session: LiveSession, revision: number): Promise<string | undefined> {
  const known = params.get(session);
  if (known?.revision === revision) return known.text;
  const text = session.files(revision).then((read) => read?.files[PARAMS_FILE]);
  params.set(session, { revision, text });
  text.catch(() => params.delete(session));
  return text;
}
