// What a start prints to the terminal: where the server listens, how people join, and separately the facilitator's secret
// link. Where stdout is no terminal it is kept by something, a journal or a container's log: then the link goes to a file.

import type { OpenedSession } from './bootstrap-session.ts';
import { addresses } from './http/handlers/session-handlers.ts';
import { qrLines } from './http/join-qr.ts';

export interface Banner {
  readonly version: string;
  /** The address people are given. */
  readonly publicUrl: string;
  /** Where this machine reaches it. */
  readonly localUrl: string;
  readonly lan: boolean;
  /** null: one node of several, which opens none by itself. */
  readonly opened: OpenedSession | null;
  /** Where the facilitator's link was written; null: it is printed. */
  readonly linkFile: string | null;
  readonly addresses: readonly string[];
  /** Where others create sessions; null: in a browser of this machine. */
  readonly createUrl: string | null;
  readonly colour: boolean;
}

const ONLY_HERE = 'Only this machine can join. For others: npm start -- --lan';

const NO_LINK = 'no link: nothing can be stored now (see the log). Make space, then start again.';

export function bannerText(banner: Banner): string {
  const { publicUrl, localUrl, opened } = banner;
  const listens = `Crowd Programming ${banner.version} listens at ${localUrl}`;
  if (opened) return [listens, '', ...sessionLines(banner, opened)].join('\n');
  return [listens, '', `  One node of ${publicUrl}; sessions are created there, with CREATE_TOKEN.`, ''].join('\n');
}

function sessionLines(banner: Banner, { session, secret, isNew }: OpenedSession): string[] {
  const { publicUrl, localUrl, lan, colour, linkFile, addresses: others, createUrl } = banner;
  const { title, joinCode } = session.state();
  const urls = addresses(publicUrl, session.id, joinCode);
  const hostLine = secret === null ? NO_LINK : linkFile === null ? urls.hostUrl(secret) : `in the file ${linkFile}`;
  const reachable = lan || publicUrl !== localUrl;
  return [
    `${isNew ? 'New session' : 'Session'} "${oneLine(title)}" (${session.id})`,
    '',
    `  Join       ${urls.joinUrl}   code ${joinCode.replace(/^(...)/, '$1 ')}`,
    ...(reachable ? ['', ...qrLines(urls.joinUrl, colour).map((line) => `  ${line}`)] : [`             ${ONLY_HERE}`]),
    '',
    ...(others.length > 0 ? [`  Not reached? Also at ${others.join(', ')}`, ''] : []),
    `  Projector  ${urls.projectorUrl}`,
    '',
    '  For the facilitator only. This link is a secret and works once: whoever opens it first runs the session.',
    ...(createUrl === null ? [] : [`  New        ${createUrl}`]),
    `  Host       ${hostLine}`,
    '',
  ];
}

// A title may hold anything a person typed; a terminal obeys escape sequences.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
