// A session on several nodes whose runs real workers perform: its facilitator, who types and runs.
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { FRAME } from '#session-core/protocol/messages.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { facilitate, type Person, post } from '../simulation/participant.ts';
import { type TestCluster, until } from '../support/nodes.ts';

const PREPARE = 'src/prepare.ts';
const spend = (n: number): number => {
  let spent = 0;
  for (let i = 0; i < n; i += 1) spent = (spent * 31 + i) % 1_000_003;
  return spent;
};
/** Code that takes about so long on this machine as it is now: a stage may take ten seconds, however busy that is. */
function lasting(ms: number): string {
  const tried = 2_000_000;
  const began = performance.now();
  spend(tried);
  const loops = Math.round((tried * ms) / (performance.now() - began));
  return `const spend = ${spend.toString()};\nif (spend(${loops}) < 0) throw new Error('never');\n`;
}
const LONG_MS = 1_500;

export interface FleetSession {
  readonly sessionId: string;
  readonly person: Person;
  /** Number and view of the newest main run. */
  newest(): readonly [string, RunView];
  /** Puts new code before `prepare`, and asks for a run. `long`: of several seconds. */
  run(long?: boolean): Promise<string>;
  /** Resolves when the run is in one of these states. */
  until(run: string, ...states: readonly RunView['status'][]): Promise<RunView>;
  post<T>(path: string, body: object): Promise<T>;
  get<T>(path: string): Promise<T>;
  delete(): Promise<void>;
  close(): void;
}

export async function openFleetSession(cluster: TestCluster, url = cluster.url): Promise<FleetSession> {
  const { sessionId, facilitatorSecret } = await cluster.create();
  const person = await facilitate(url, sessionId, facilitatorSecret);
  await person.send({ type: 'driver.take' });
  class WithToken extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${person.token}` } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/doc`, sessionId, doc, {
    params: { v: '1', tab: person.tab },
    disableBc: true,
    WebSocketPolyfill: WithToken as unknown as typeof globalThis.WebSocket,
  });
  let saved = 0;
  const handlers = provider.messageHandlers as unknown as ((encoder: unknown, decoder: decoding.Decoder) => void)[];
  handlers[FRAME.saved] = (_, decoder) => {
    saved = Y.decodeStateVector(decoding.readVarUint8Array(decoder)).get(doc.clientID) ?? 0;
  };
  for (const quiet of [FRAME.role, FRAME.docId, FRAME.refused]) handlers[quiet] = () => undefined;
  const clock = () => Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0;
  await new Promise<void>((done) => provider.once('sync', () => done()));
  const mains = () => Object.entries(person.view().runs).filter(([, { kind }]) => kind === 'main');
  const path = (of: string) => `${url}/api/sessions/${sessionId}${of}`;
  let typed = 0;
  return {
    sessionId,
    person,
    newest: () => mains().at(-1)!,
    async run(long = false) {
      typed += 1;
      const before = mains().length;
      const text = doc.getMap<Y.Text>('files').get(PREPARE)!;
      const line = `// ${typed}\n${long ? lasting(LONG_MS) : ''}`;
      text.insert(0, line);
      await until('what was typed is saved', () => saved >= clock());
      await until('the run is asked for', async () => {
        const asked = await person.send({ type: 'run.request' });
        if (!asked.ok && asked.rejection.code !== 'rate_limited')
          throw new Error(`a run was refused: ${asked.rejection.code}`);
        return asked.ok;
      });
      await person.until(() => mains().length > before);
      text.delete(0, line.length);
      return mains().at(-1)![0];
    },
    async until(run, ...states) {
      await person.until(({ runs }) => states.includes(runs[run]?.status as RunView['status']), 60_000);
      return person.view().runs[run]!;
    },
    post: (of, body) => post(path(of), body, person.token),
    async get<T>(of: string) {
      const answer = await fetch(path(of), { headers: { authorization: `Bearer ${person.token}` } });
      return (await answer.json()) as T;
    },
    async delete() {
      const headers = { authorization: `Bearer ${person.token}` };
      const { status } = await fetch(path(''), { method: 'DELETE', headers });
      if (status !== 204) throw new Error(`the session was not deleted: ${status}`);
    },
    close() {
      person.close();
      provider.destroy();
      doc.destroy();
    },
  };
}
