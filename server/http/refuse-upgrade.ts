// Which requests for another protocol (WebSocket, a run of a worker) are taken as such, and how one is refused: with a status,
// and its connection is let go.
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Some clients offer HTTP/2 or TLS with any request, such as Java's and `curl --http2`: whoever does not take an offer answers
 * as if there were none (RFC 9110).
 */
export const shouldUpgradeCallback = ({ headers: { upgrade = '' } }: IncomingMessage): boolean =>
  !/^(h2|http\/|tls\/)/i.test(upgrade);

/** How long a client may take to read why, and to hang up. */
const LEAVE_MS = 2_000;

/**
 * Node hands over the bare connection with the request: no time-out of the HTTP server holds for it any more, and it stays
 * open as long as the client likes, who may hold thousands of them without a token. What still comes is thrown away, so that
 * the answer is not lost with a reset.
 */
export function refuseUpgrade(socket: Duplex, status: number): void {
  const timer = setTimeout(() => socket.destroy(), LEAVE_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.once('end', () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
