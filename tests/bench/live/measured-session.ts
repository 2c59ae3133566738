// Our server, measured, with one session in which a facilitator drives and nothing else happens by itself.
import * as decoding from 'lib0/decoding';
import type { Ack } from '#session-core/protocol/messages.ts';
import { post } from '../../simulation/participant.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { facilitate, type Live, live, type Member, type TextSocket, watchText } from './light-client.ts';
import { MEASURED, type Meter, meterOf } from './meter.ts';
import { idleOf, rest } from './pace.ts';
import { type Typist, typistOf } from './typist.ts';

export interface MeasuredSession {
  readonly server: ServerProcess;
  readonly meter: Meter;
  readonly joinCode: string;
  readonly sessionId: string;
  readonly driver: { readonly member: Member; readonly live: Live; readonly text: TextSocket; readonly typist: Typist };
  remove(): Promise<void>;
}

/** Processor milliseconds a second of a server that has started up. */
const CALM_MS = 15;

/** Resolves when the first run of the session has ended. */
export async function startMeasuredSession(): Promise<MeasuredSession> {
  const server = await startServer({
    nodeFlags: MEASURED,
    env: { TRUST_PROXY: '1', JOINS_PER_ADDRESS: '100000', PARTICIPANTS_PER_SESSION: '5000' },
  });
  const { url } = server;
  const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(`${url}/api/sessions`, {
    title: 'Bench',
  });
  const member = await facilitate(url, made.sessionId, made.facilitatorSecret);
  const line = await live(url, member);
  accepted(await line.send({ type: 'session.configure', previews: 'off' }));
  accepted(await line.send({ type: 'driver.take' }));
  const { text, typist } = await typeInto(url, member);
  // The metrics of this machine tell when the first run and its explanation have ended.
  const busy = /^crowd_runs_(?:running|queued) [1-9]/m;
  do await rest(1_000);
  while (busy.test(await (await fetch(`${url}/metrics`)).text()));
  // Pages and compiled code of the start take some seconds more.
  const meter = meterOf(server.child);
  for (let looks = 0; looks < 20 && (await idleOf(meter, 1_000)).totalMs > CALM_MS; looks++);
  return {
    server,
    meter,
    ...made,
    driver: { member, live: line, text, typist },
    remove: () => server.remove(),
  };
}

/** The text connection of who drives, and what types into it. */
export async function typeInto(url: string, member: Member): Promise<{ text: TextSocket; typist: Typist }> {
  let state: Uint8Array | null = null;
  const text = await watchText(url, member, (frame) => {
    if (frame[0] === 0 && frame[1] === 1) state = bodyOf(frame);
  });
  return { text, typist: typistOf(state) };
}

export function accepted(ack: Ack): Ack {
  if (!ack.ok) throw new Error(`refused: ${ack.rejection.message}`);
  return ack;
}

function bodyOf(frame: Buffer): Uint8Array {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}
