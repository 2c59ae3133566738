// The address that a request came from: its connection's, or, where another node of ours passed it on, the one that node
// saw. Invariant: only a node that shows the secret of the cluster says who the peer was.
import type { IncomingMessage } from 'node:http';

const seen = new WeakMap<IncomingMessage, string>();

export function passedOnFor(request: IncomingMessage, address: string): void {
  seen.set(request, address);
}

export const peerAddressOf = (request: IncomingMessage): string =>
  seen.get(request) ?? request.socket.remoteAddress ?? '';
