// A session on several nodes with everything in it that a change of owner could lose: people who vote, some of them by
// polling, pages that watch the text, and one who types. It counts what was acknowledged, and compares in the end.
import { Agent, request as httpRequest } from 'node:http';
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { FRAME } from '#session-core/protocol/messages.ts';
import { type Entry, Person } from './cluster-person.ts';
import { pause, type TestCluster, until } from './nodes.ts';

const FILE = 'README.md';
const DRIVER_TAB = 'driver-tab';
const agent = new Agent({ keepAlive: true, maxSockets: 20 });
function post<T>(url: string, body: object): Promise<T> {
  return new Promise((done, failed) => {
    const asked = httpRequest(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'application/json' } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () =>
          answer.statusCode === 200
            ? done(JSON.parse(text) as T)
            : failed(new Error(`${url}: ${answer.statusCode} ${text}`)),
        );
      },
    );
    asked.once('error', failed);
    asked.end(JSON.stringify(body));
  });
}

function openText(url: string, entry: Entry, tab: string) {
  class Authorized extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { Authorization: `Bearer ${entry.token}` } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/doc`, entry.sessionId, doc, {
    WebSocketPolyfill: Authorized as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { v: '1', tab },
    maxBackoffTime: 2_000,
  });
  let saved = 0;
  const refused: string[] = [];
  const handlers = provider.messageHandlers as unknown as ((encoder: unknown, decoder: decoding.Decoder) => void)[];
  handlers[FRAME.saved] = (_, decoder) => {
    saved = Y.decodeStateVector(decoding.readVarUint8Array(decoder)).get(doc.clientID) ?? 0;
  };
  handlers[FRAME.refused] = (_, decoder) => void refused.push(decoding.readVarString(decoder));
  for (const quiet of [FRAME.role, FRAME.docId]) handlers[quiet] = () => undefined;
  return {
    doc,
    provider,
    refused,
    saved: () => saved,
    clock: () => Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0,
    text: () => doc.getMap<Y.Text>('files').get(FILE)?.toString() ?? '',
  };
}

export interface CrowdSize {
  /** Who vote; a tenth of them by polling. */
  readonly people: number;
  readonly watchers: number;
  /** Milliseconds between two votes of one. */
  readonly everyMs?: number;
}

export interface ClusterCrowd {
  readonly sessionId: string;
  readonly people: readonly Person[];
  readonly driver: Person;
  /** Milliseconds that these people took to join, all of them. */
  readonly joinedMs: number;
  /** From now on "back" means after this. */
  forget(): void;
  isBack(): boolean;
  /** Milliseconds after `since` at which each was back. */
  backAfter(since: number): number[];
  /** Codes that commands were refused with. */
  refusals(): string[];
  /** Ends votes and typing, and throws where anything acknowledged was lost or happened twice. */
  finish(): Promise<void>;
  close(): void;
}

export async function startCrowd(cluster: TestCluster, size: CrowdSize): Promise<ClusterCrowd> {
  const { url } = cluster;
  const { everyMs = 2_000 } = size;
  const made = await cluster.create();
  const { sessionId } = made;
  const hosting = await post<Omit<Entry, 'sessionId'>>(`${url}/api/sessions/${sessionId}/facilitator`, {
    secret: made.facilitatorSecret,
  });
  const driver = new Person(url, { sessionId, ...hosting }, { tab: DRIVER_TAB, follows: true });
  const answer = await driver.say({ type: 'driver.take' });
  if (!answer?.ok) throw new Error(`driving was refused: ${answer?.rejection?.code}`);

  const people: Person[] = [];
  const entries: Entry[] = [];
  const began = performance.now();
  const join = async (index: number) => {
    const entry = await post<Entry>(`${url}/api/join`, { code: made.joinCode });
    entries.push(entry);
    people.push(new Person(url, entry, { tab: `tab-${index}`, polling: index % 10 === 9, follows: index < 2 }));
  };
  for (let from = 0; from < size.people; from += 25)
    await Promise.all(Array.from({ length: Math.min(25, size.people - from) }, (_, i) => join(from + i)));
  await until('everybody joined', () => people.every(({ view }) => view !== null), 60_000);
  const joinedMs = performance.now() - began;

  const suggestions: string[] = [];
  for (const person of people.slice(0, 3)) {
    const added = await person.say({ type: 'suggestion.add', text: `Suggestion ${suggestions.length + 1}` });
    suggestions.push(added?.about ?? '');
  }
  const typist = openText(url, { sessionId, ...hosting }, DRIVER_TAB);
  // A person has few connections to the text: each of these is another one.
  const watchers = entries.slice(0, size.watchers).map((entry, i) => openText(url, entry, `watcher-${i}`));
  await until('the text is there', () => [typist, ...watchers].every(({ text }) => text() !== ''));

  let going = true;
  // Nobody votes for a suggestion of their own.
  const voting = people.map((person, i) =>
    person.vote(suggestions[(i + 1) % suggestions.length]!, everyMs, () => going),
  );
  let marks = 0;
  const typing = (async () => {
    while (going) {
      marks += 1;
      typist.doc.getMap<Y.Text>('files').get(FILE)?.insert(0, `<${marks}>`);
      await pause(100);
    }
  })();

  return {
    sessionId,
    people,
    driver,
    joinedMs,
    forget() {
      for (const person of [driver, ...people]) person.forget();
    },
    isBack: () => people.every(({ backAt, ackedAt }) => backAt > 0 && ackedAt > 0) && typist.provider.wsconnected,
    backAfter: (since) => people.map(({ backAt }) => backAt - since).sort((a, b) => a - b),
    refusals: () => [...new Set(people.flatMap(({ refusals }) => [...refusals]))],
    async finish() {
      going = false;
      await Promise.all([...voting, typing]);
      await until('all that was typed is saved', () => typist.saved() >= typist.clock());
      const problems: string[] = [];
      if (typist.refused.length > 0) problems.push(`text refused: ${typist.refused.join(', ')}`);
      problems.push(...(await textProblems(cluster, sessionId, typist.text(), marks)));
      problems.push(...(await logProblems(cluster, sessionId)));
      const wanted = Object.fromEntries(
        suggestions.map((id) => [id, people.filter(({ acknowledged }) => acknowledged.get(id)).length]),
      );
      const votes = () =>
        Object.fromEntries(suggestions.map((id) => [id, (driver.view?.suggestions[id]?.votes ?? 0) - 1]));
      await until(
        'the view has the acknowledged votes',
        () => JSON.stringify(votes()) === JSON.stringify(wanted),
      ).catch(() => problems.push(`votes ${JSON.stringify(votes())}, acknowledged ${JSON.stringify(wanted)}`));
      await until('every watcher has the text', () => watchers.every(({ text }) => text() === typist.text())).catch(
        () => problems.push('a watcher has another text'),
      );
      if (problems.length > 0) throw new Error(problems.join('\n'));
    },
    close() {
      going = false;
      for (const { socket } of [driver, ...people]) socket.close();
      for (const { provider, doc } of [typist, ...watchers]) {
        provider.destroy();
        doc.destroy();
      }
    },
  };
}

async function textProblems(cluster: TestCluster, session: string, typed: string, marks: number): Promise<string[]> {
  const rows = await cluster.sql<{ data: Buffer }>('SELECT data FROM doc WHERE session_id = $1 ORDER BY n', [session]);
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const { data } of rows) Y.applyUpdate(doc, data);
  });
  const stored = doc.getMap<Y.Text>('files').get(FILE)?.toString() ?? '';
  const found = stored.match(/<\d+>/g) ?? [];
  return [
    ...(stored === typed ? [] : ["the stored text is not the driver's"]),
    ...(found.length === marks && new Set(found).size === marks
      ? []
      : [`${marks} marks typed, ${found.length} stored`]),
  ];
}

async function logProblems(cluster: TestCluster, session: string): Promise<string[]> {
  const [log] = await cluster.sql<{ events: number; last: number; head: number }>(
    `SELECT count(*)::int AS events, max(seq) AS last, (SELECT head FROM session WHERE id = $1) AS head
     FROM event WHERE session_id = $1`,
    [session],
  );
  const twice = await cluster.sql<{ cause: string }>(
    `SELECT cause FROM event WHERE session_id = $1 AND cause LIKE '"crowd-%'
     GROUP BY by, cause HAVING count(*) > count(DISTINCT type)`,
    [session],
  );
  return [
    ...(log && log.events === log.last && log.last === log.head ? [] : [`the log has a gap: ${JSON.stringify(log)}`]),
    ...(twice.length === 0 ? [] : [`${twice.length} commands happened twice`]),
  ];
}
