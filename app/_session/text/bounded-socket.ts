// A WebSocket that keeps frames to itself which the server cannot take. Invariant: what would close the connection as too
// large is not sent, and so cannot be sent again after each reconnect.

/** @param tooLarge called after the frame was held back, once the sender has finished */
export function boundedSocket(most: number, tooLarge: (bytes: number) => void): typeof WebSocket {
  return class extends WebSocket {
    override send(data: string | Blob | BufferSource): void {
      const bytes = typeof data === 'string' ? data.length : data instanceof Blob ? data.size : data.byteLength;
      if (bytes <= most) super.send(data);
      else queueMicrotask(() => tooLarge(bytes));
    }
  };
}
