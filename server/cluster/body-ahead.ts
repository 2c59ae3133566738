// Reads the body of a request and puts it back, so that whoever gets the request next finds it whole.
import type { IncomingMessage } from 'node:http';

/** null: longer than `most` bytes, or the sender went away; what came of it is put back all the same. */
export function readBodyAhead(request: IncomingMessage, most: number): Promise<Buffer | null> {
  return new Promise((done) => {
    const parts: Buffer[] = [];
    let size = 0;
    const finish = (whole: boolean) => {
      request.off('readable', look);
      request.off('close', gone);
      const body = Buffer.concat(parts);
      // In the same turn as the last read: one later the stream has ended, and takes nothing back.
      if (size > 0 && !request.destroyed) request.unshift(body);
      done(whole && size <= most ? body : null);
    };
    const look = () => {
      for (let part = request.read() as Buffer | null; part !== null; part = request.read()) {
        parts.push(part);
        size += part.length;
        if (size > most) break;
      }
      if (size > most || request.complete) finish(true);
    };
    const gone = () => finish(false);
    request.on('readable', look);
    request.once('close', gone);
  });
}
