// A WebSocket that keeps frames to itself which the server cannot take, or needs not. Invariant: what would close the connection as too
// large is not sent, and so cannot be sent again after each reconnect. A browser that has no WebSocket or refuses to make
// one (an extension, a policy, a data saver) is like a network that lets none through: the socket is closed.

interface Bounds {
  readonly most: number;
  /** Called after the frame was held back, once the sender has finished. */
  readonly tooLarge: (bytes: number) => void;
  /** Said to nobody: the server answers it unasked. */
  readonly isUnneeded: (data: unknown) => boolean;
}

export function boundedSocket({ most, tooLarge, isUnneeded }: Bounds): typeof WebSocket {
  const open = (address: string | URL, protocols?: string | string[]): WebSocket => {
    const socket = new WebSocket(address, protocols);
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      if (isUnneeded(data)) return;
      const bytes = typeof data === 'string' ? data.length : data instanceof Blob ? data.size : data.byteLength;
      if (bytes <= most) send(data);
      else queueMicrotask(() => tooLarge(bytes));
    };
    return socket;
  };
  // A constructor may answer with another object.
  return class {
    constructor(address: string | URL, protocols?: string | string[]) {
      try {
        // biome-ignore lint/correctness/noConstructorReturn: whoever makes one gets a real one, where there are real ones
        return open(address, protocols);
      } catch (error) {
        console.warn('this browser makes no WebSocket', error);
        // biome-ignore lint/correctness/noConstructorReturn: as above
        return new ClosedSocket();
      }
    }
  } as unknown as typeof WebSocket;
}

/** What is used of a socket, once it is closed. */
class ClosedSocket {
  readonly readyState = 3;
  onclose: ((event: { readonly code: number }) => void) | null = null;
  constructor() {
    setTimeout(() => this.onclose?.({ code: 1006 }));
  }
  send(): void {}
  close(): void {}
}
