// Answers for a built file of the pages that only another node's build has: while versions mix, a page of one node asks any
// node for its scripts.
// Invariant: what goes to the other node is made here, header by header, without a body and over a connection of its own:
// bytes of one visitor never become the beginning of another one's request.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { HOP_HEADER, withoutOwn } from './forward.ts';
import { builtFileOf } from './session-address.ts';

const ANSWER_MS = 2_000;
const PASSED = ['host', 'accept', 'accept-encoding', 'if-none-match', 'if-modified-since', 'range'] as const;

export interface OtherBuildOptions {
  readonly secret: string;
  /** A file of the pages that this node's build has; it is below `.next`. */
  readonly hasBuilt: (file: string) => Promise<boolean>;
  /** Addresses of the other nodes that are alive. */
  readonly others: () => readonly string[];
}

/** Resolves to false where it is for this node to answer. */
export async function answerOfAnotherBuild(
  request: IncomingMessage,
  response: ServerResponse,
  { secret, hasBuilt, others }: OtherBuildOptions,
): Promise<boolean> {
  const file = builtFileOf(request);
  if (file === null || (await hasBuilt(file))) return false;
  const headers: Record<string, string> = { [HOP_HEADER]: secret };
  for (const name of PASSED) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  for (const url of others()) {
    const answer = await ask(url, request, headers);
    if (answer === null) continue;
    if (answer.statusCode !== 200 && answer.statusCode !== 206 && answer.statusCode !== 304) {
      answer.destroy();
      continue;
    }
    response.writeHead(answer.statusCode, withoutOwn(answer.rawHeaders));
    // Whoever goes away ends both: the browser sees that the file is not whole, and asks again.
    pipeline(answer, response, () => undefined);
    return true;
  }
  return false;
}

function ask(
  url: string,
  { method, url: path }: IncomingMessage,
  headers: Readonly<Record<string, string>>,
): Promise<IncomingMessage | null> {
  return new Promise((done) => {
    const { hostname, port } = new URL(url);
    const asked = http.request({ agent: false, hostname, port, method, path, headers });
    const timer = setTimeout(() => asked.destroy(new Error('no answer in time')), ANSWER_MS);
    asked.once('response', (answer) => {
      clearTimeout(timer);
      done(answer);
    });
    asked.on('error', () => {
      clearTimeout(timer);
      done(null);
    });
    asked.end();
  });
}
