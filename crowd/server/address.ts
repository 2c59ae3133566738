// Where a session is: what people paste, a join link or a join code, as the address of the server and the code.
// Invariant: a server may live below a path (https://host/workshop); everything is asked for below it.
import { Failure } from '../program/failure.ts';

export interface JoinLink {
  /** Origin and path prefix, without a slash at the end. */
  readonly server: string;
  readonly code: string;
}

const CODE = /^[A-Za-z0-9]{3}[\s-]?[A-Za-z0-9]{3}$/;
const EXAMPLE = 'A join link looks like https://host/j/ABC123: the session shows it beside its join code.';

/** @param server where the code belongs to, if it is given alone */
export function readJoinLink(said: string, server?: string): JoinLink {
  const text = said.trim();
  if (CODE.test(text)) {
    if (server === undefined)
      throw new Failure(
        'no_server',
        `"${text}" is a join code, but which server is it of?`,
        'Add --server https://host.',
      );
    return { server: readServer(server), code: text.replace(/[\s-]/, '') };
  }
  const url = parsed(text);
  if (url === null || !isHttp(url)) throw new Failure('bad_link', `"${text}" is not a join link.`, EXAMPLE);
  const [, prefix = '', code] = /^(.*)\/j\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (code === undefined || !CODE.test(code)) {
    const page = /\/s\/[^/]+/.test(url.pathname)
      ? 'the address of a page of a session, not its join link'
      : 'no join link';
    throw new Failure('bad_link', `${text} is ${page}.`, EXAMPLE);
  }
  return { server: `${url.origin}${prefix}`, code };
}

export function readServer(text: string): string {
  const url = parsed(text);
  if (url === null || !isHttp(url) || url.search !== '' || url.username !== '')
    throw new Failure('bad_server', `"${text}" is not the address of a server.`, 'It looks like https://host.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const isHttp = ({ protocol, hostname }: URL): boolean => /^https?:$/.test(protocol) && hostname !== '';

/** `URL.parse` is newer than Node 20. */
const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
