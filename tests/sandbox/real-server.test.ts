// Hostile programs typed into a session of the real server, through its public routes: the run tells its verdict, the
// server is up and gives nothing away, and the honest pipeline afterwards gives the same number.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { RunError } from '#pipeline-core/core/report.ts';
import { errorText } from '#tests/support/report-text.ts';
import { facilitate, type Person, post } from '../simulation/participant.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { exchanged } from '../support/text-server.ts';

const CANARY = 'CANARY-7be1a90c33';
const PREPARE = 'src/prepare.ts';

let server: ServerProcess;
let person: Person;
let provider: WebsocketProvider;
let files: Y.Map<Y.Text>;
let honest: string;
let honestMetric: number;

beforeAll(async () => {
  server = await startServer({ env: { CANARY } });
  writeFileSync(join(server.dataDir, 'canary.txt'), CANARY);
  const made = await post<{ sessionId: string; facilitatorSecret: string }>(`${server.url}/api/sessions`, {});
  person = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
  await person.until((view) => view !== null);
  await person.send({ type: 'driver.take' });
  const headers = { authorization: `Bearer ${person.token}` };
  class WithToken extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const doc = new Y.Doc();
  files = doc.getMap<Y.Text>('files');
  provider = new WebsocketProvider(`${server.url.replace(/^http/, 'ws')}/doc`, person.sessionId, doc, {
    params: { tab: person.tab },
    disableBc: true,
    WebSocketPolyfill: WithToken as unknown as typeof globalThis.WebSocket,
  });
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  honest = files.get(PREPARE)!.toString();
  honestMetric = (await run(`${honest}\n// typed\n`)).metrics['cv.rmse']!;
  expect(honestMetric).toBeGreaterThan(0);
});
afterAll(async () => {
  provider?.destroy();
  person?.close();
  await server?.remove();
});

interface RunAnswer {
  readonly status: string;
  readonly metrics: Record<string, number>;
  readonly error?: RunError;
  /** Everything the server tells about the run. */
  readonly whole: string;
}

/** Types the code over prepare, runs, and reads the run from the routes. */
async function run(code: string): Promise<RunAnswer> {
  const text = files.get(PREPARE)!;
  text.doc!.transact(() => {
    text.delete(0, text.length);
    text.insert(0, code);
  });
  // The server has read what was typed before it is asked for a run.
  await exchanged(provider.ws as unknown as WebSocket);
  const before = new Set(Object.keys(person.view().runs));
  // A session may ask for one run in two seconds.
  await vi.waitFor(async () => expect(await person.send({ type: 'run.request' })).toMatchObject({ ok: true }), {
    interval: 500,
    timeout: 10_000,
  });
  const mine = (view: ReturnType<Person['view']>) =>
    Object.entries(view.runs).find(([id, { status }]) => !before.has(id) && !/queued|running/.test(status));
  const view = await person.until((seen) => mine(seen) !== undefined, 40_000);
  const [id] = mine(view)!;
  const address = `${server.url}/api/sessions/${person.sessionId}/runs/${id}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${person.token}` } });
  const whole = await answer.text();
  const body = JSON.parse(whole) as Omit<RunAnswer, 'whole'> & { report?: Omit<RunAnswer, 'whole'> };
  return { ...(body.report ?? body), whole };
}

describe('a hostile driver', () => {
  it.each([
    [
      'reads the environment',
      "console.log(({}).constructor.constructor('return JSON.stringify(process.env)')());",
      /process is not defined/,
    ],
    [
      'reads the file beside the database',
      "import { readText } from 'workshop';\nconsole.log(readText('../../canary.txt'));",
      /there is no such file/,
    ],
    ['imports node:fs', "import fs from 'node:fs';\nconsole.log(fs.readdirSync('/'));", /'node:fs' cannot be imported/],
    [
      'grows without end',
      'const keep: unknown[] = []; for (;;) keep.push(new Float64Array(1e6).fill(1));',
      /used more than 450 MB|ended its process/,
    ],
    ['ignores its time', '[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never);', /took longer than 10 s/],
    [
      'floods the log',
      "for (let i = 0; i < 1e6; i++) console.log('flood', i);\nthrow new Error('flooded');",
      /flooded/,
    ],
  ])('%s', async (_what, code, message) => {
    const answer = await run(code);
    expect(answer).toMatchObject({ status: 'failed' });
    expect(errorText(answer.error)).toMatch(message);
    expect(answer.whole).not.toContain(CANARY);
    expect(server.output()).not.toContain(CANARY);
    const health = await fetch(`${server.url}/healthz`);
    expect(await health.json()).toMatchObject({ status: 'ok' });
    const after = await run(`${honest}\n// after: ${_what}\n`);
    expect(after.metrics['cv.rmse']).toBe(honestMetric);
  });
});
