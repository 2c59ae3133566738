// How a command on this machine asks the running server: HTTP on a socket in the data folder, which only its user may open.
import { createHash } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import http from 'node:http';
import { join, relative } from 'node:path';
import { factsOf, type Log } from './platform/log.ts';

/** What it can do: a name, and what is answered as JSON. A thrown error's message is for the operator. */
export type Controls = Readonly<Record<string, (argument: string) => Promise<unknown>>>;
export type ControlAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** A path of a socket may have about a hundred bytes: the shorter of the two forms. */
export function controlPath(dataDir: string): string {
  if (process.platform === 'win32')
    return `\\\\.\\pipe\\crowd-${createHash('sha256').update(dataDir).digest('hex').slice(0, 32)}`;
  const whole = join(dataDir, 'control.sock');
  const short = relative(process.cwd(), whole);
  return short.length < whole.length ? short : whole;
}

export interface ControlSocket {
  close(): Promise<void>;
}

export async function listenForControl(dataDir: string, controls: Controls, log: Log): Promise<ControlSocket | null> {
  const path = controlPath(dataDir);
  const server = http.createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    const control = Object.hasOwn(controls, name) ? controls[name] : undefined;
    const work = async (): Promise<ControlAnswer> => {
      let argument = '';
      for await (const chunk of request.setEncoding('utf8')) argument += chunk;
      if (!control) return { ok: false, message: `This server knows no "${name}"; it may be of another version.` };
      return { ok: true, value: await control(argument) };
    };
    void work()
      .catch((error: unknown) => ({ ok: false, message: error instanceof Error ? error.message : String(error) }))
      .then((answer) => response.end(JSON.stringify(answer)));
  });
  try {
    // The database is ours alone: what lies here was left by a server that was killed.
    if (process.platform !== 'win32') await rm(path, { force: true });
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(path, done);
    });
    if (process.platform !== 'win32') await chmod(path, 0o600);
  } catch (error) {
    log.warn('control_unavailable', { path, ...factsOf(error) });
    return null;
  }
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** null: no server listens there. */
export function askServer(dataDir: string, name: string, argument: string): Promise<ControlAnswer | null> {
  return new Promise((done, failed) => {
    const request = http.request({ socketPath: controlPath(dataDir), path: `/${name}`, method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => done(JSON.parse(text) as ControlAnswer));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') done(null);
      else failed(error);
    });
    request.end(argument);
  });
}
