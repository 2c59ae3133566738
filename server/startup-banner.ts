// What a start prints for the person at the terminal: where it listens, how the room joins, and apart from it the
// facilitator's secret link.

import type { Opened } from './bootstrap-session.ts';
import { qrLines } from './http/join-qr.ts';
import { addresses } from './http/session-routes.ts';

export interface Welcome {
  readonly version: string;
  /** The address people are given. */
  readonly publicUrl: string;
  /** Where this machine reaches it. */
  readonly localUrl: string;
  readonly lan: boolean;
  readonly opened: Opened;
  readonly colour: boolean;
}

const ONLY_HERE = 'Only this machine can join. For the room: npm start -- --lan';

export function welcomeText(welcome: Welcome): string {
  const { publicUrl, localUrl, lan, colour } = welcome;
  const { session, secret, made } = welcome.opened;
  const { title, joinCode } = session.state();
  const urls = addresses(publicUrl, session.id, joinCode);
  const reachable = lan || publicUrl !== localUrl;
  return [
    `Crowd Programming ${welcome.version} listens at ${localUrl}`,
    '',
    `${made ? 'New session' : 'Session'} "${oneLine(title)}" (${session.id})`,
    '',
    `  Join     ${urls.joinUrl}   code ${joinCode.replace(/^(...)/, '$1 ')}`,
    ...(reachable ? ['', ...qrLines(urls.joinUrl, colour).map((line) => `  ${line}`)] : [`           ${ONLY_HERE}`]),
    '',
    `  Stage    ${urls.projectorUrl}`,
    '',
    '  For the facilitator only. This link is a secret: whoever has it runs the session. Never show it to the room.',
    `  Host     ${urls.hostUrl(secret)}`,
    '',
  ].join('\n');
}

// A title may hold anything a person typed; a terminal obeys escape sequences.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
