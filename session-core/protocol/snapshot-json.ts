// A snapshot as JSON, in which the view is written once for all who get the same: in a storm of newcomers that is everybody
// between two flushes.
import type { Snapshot } from './messages.ts';

const views = new WeakMap<object, string>();

function viewJson(view: object): string {
  const known = views.get(view);
  if (known !== undefined) return known;
  const json = JSON.stringify(view);
  views.set(view, json);
  return json;
}

/** The view is immutable, as all views are. */
export function snapshotJson({ view, ...others }: Snapshot<object, object>): string {
  return `{"view":${viewJson(view)},${JSON.stringify(others).slice(1)}`;
}
