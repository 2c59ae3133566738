// A page of Next, which was built for the root of a host, as it is under a path of one.
// Invariant: only what the build wrote is changed, never what people typed: addresses of the build in attributes and in
// the data of the page, each right behind the quotation mark that opens it.
import type { OutgoingHttpHeaders } from 'node:http';

/** With it begin the addresses of all that the build made. */
export const BUILD_PATH = '/_next/';

/** In HTML, data stand within strings of scripts, so that their quotation marks have a backslash. */
const IN_HTML = /(?<!\\)(\\?")(\/_next\/static\/|\/icon\.svg\?)/g;
const IN_DATA = /(?<!\\)(")(\/_next\/static\/|\/icon\.svg\?)/g;

export const pageUnder = (basePath: string, type: unknown, text: string): string =>
  text.replace(String(type).startsWith('text/html') ? IN_HTML : IN_DATA, `$1${basePath}$2`);

export function headersUnder(basePath: string, headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { link, location, refresh } = headers;
  return {
    ...headers,
    ...(link === undefined ? {} : { link: String(link).replaceAll(`<${BUILD_PATH}`, `<${basePath}${BUILD_PATH}`) }),
    ...(typeof location === 'string' && /^\/(?!\/)/.test(location) && !location.startsWith(`${basePath}/`)
      ? { location: basePath + location }
      : {}),
    // Next says where it leads a second time.
    ...(refresh === undefined ? {} : { refresh: String(refresh).replace(/url=(?=\/(?!\/))/, `url=${basePath}`) }),
  };
}
