// What of an address a page is rendered from. All else of its query is for the scripts in the browser, which have the whole.

/** What a page on the server asks of its address: Next takes ten times as long for one with a thousand parameters more. */
const ASKED = ['code', '_rsc'];

export function withoutQuery(url: string): string {
  const at = url.indexOf('?');
  if (at === -1 || url.startsWith('/_next/')) return url;
  const given = new URLSearchParams(url.slice(at));
  const kept = new URLSearchParams();
  for (const name of ASKED) {
    const value = given.get(name);
    if (value !== null) kept.set(name, value.slice(0, 200));
  }
  return kept.size === 0 ? url.slice(0, at) : `${url.slice(0, at)}?${kept}`;
}
