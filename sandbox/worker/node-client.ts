// How a worker reaches the nodes: it asks for a ticket, and opens a line to the owner that a ticket names.
import http, { type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { BUILD_HEADER, HOLDS_HEADER, RUN_UPGRADE } from '../protocol/fleet.ts';

/** What a worker says when it asks. */
export interface TakeRequest {
  readonly worker: string;
  readonly build: string;
  /** It takes nothing now, and says only that it is there. */
  readonly full: boolean;
  /** Runs at a time. */
  readonly places: number;
  /** Nothing runs here: it takes also what nobody waits for. */
  readonly spare: boolean;
  /** Sessions whose run cache it has. */
  readonly holds: readonly string[];
  /** Sandbox protections that its machine lacks. */
  readonly gaps: readonly string[];
  /** Owners that it could not reach lately: it takes none of their tickets. */
  readonly away: readonly string[];
}
export interface TakeAnswer {
  readonly ticket: { readonly id: string; readonly session: string; readonly url: string } | null;
  /** Of `holds`, those that are deleted. */
  readonly gone: readonly string[];
}

const MOST_ANSWER_BYTES = 64 * 1024;
/** A node answers after two seconds at the latest. */
const ANSWER_MS = 5_000;
const CONNECT_MS = 2_000;

export interface NodeClient {
  /** Rejects where the node cannot be asked or refuses. */
  take(node: string, asked: TakeRequest, signal: AbortSignal): Promise<TakeAnswer>;
  /** null: the owner does not want it any more. Rejects where it cannot be reached. */
  open(url: string, ticket: string, holds: readonly string[]): Promise<{ socket: Duplex; head: Buffer } | null>;
  close(): void;
}

const OTHER_BUILD = 'the node is of another build: update nodes and workers to the same one';

/** The secret is wrong, or the node is of another build: asking again at once does not help. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export function createNodeClient(secret: string, build: string): NodeClient {
  const agent = new http.Agent({ keepAlive: true });
  const authorization = `Bearer ${secret}`;
  return {
    async take(node, asked, signal) {
      const body = JSON.stringify(asked);
      const answer = await new Promise<IncomingMessage>((done, failed) => {
        const headers = {
          authorization,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        };
        const request = http.request(`${node}/cluster/take`, { agent, method: 'POST', headers, signal });
        request.setTimeout(ANSWER_MS, () => request.destroy(new Error('no answer in time')));
        request.once('response', done);
        request.once('error', failed);
        request.end(body);
      });
      let text = '';
      for await (const part of answer.setEncoding('utf8')) {
        text += part;
        if (text.length > MOST_ANSWER_BYTES) throw new Error('the answer is too long');
      }
      if (answer.statusCode === 401) throw new Refused('the node refuses WORKER_SECRET');
      if (answer.statusCode === 409) throw new Refused(OTHER_BUILD);
      if (answer.statusCode !== 200) throw new Error(`the node answered ${answer.statusCode}`);
      return JSON.parse(text) as TakeAnswer;
    },
    open: (url, ticket, holds) =>
      new Promise((done, failed) => {
        const headers = {
          authorization,
          connection: 'Upgrade',
          upgrade: RUN_UPGRADE,
          [BUILD_HEADER]: build,
          [HOLDS_HEADER]: holds.join(','),
        };
        const request = http.request(`${url}/cluster/runs/${ticket}`, { agent: false, headers });
        request.setTimeout(CONNECT_MS, () => request.destroy(new Error('no connection in time')));
        request.once('upgrade', (_, socket, head) => {
          socket.setTimeout(0);
          socket.setNoDelay(true);
          done({ socket, head });
        });
        request.once('response', (answer) => {
          answer.resume();
          request.destroy();
          const { statusCode } = answer;
          if (statusCode === 404) done(null);
          else if (statusCode === 409) failed(new Refused(OTHER_BUILD));
          else failed(new Error(`the owner answered ${statusCode}`));
        });
        request.once('error', failed);
        request.end();
      }),
    close: () => agent.destroy(),
  };
}
