// Damaged frames at both sockets: packets of Engine.IO and Socket.IO as text and as bytes, and frames of the text protocol.
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { Random } from '../../support/seeded.ts';
import { damagedBytes, damagedValue, oddValue } from './mutate.ts';

export interface Target {
  readonly url: string;
  readonly sessionId: string;
  /** Of a participant and of the facilitator, who drives in the tab `driver`. */
  readonly tokens: readonly string[];
  readonly hostToken: string;
}

/** Ids in a right place make a command go further. */
export const COMMANDS: readonly object[] = [
  { type: 'participant.rename', displayName: 'Otter' },
  { type: 'participant.credit', name: 'Somebody' },
  { type: 'hand.raise' },
  { type: 'hand.lower' },
  { type: 'pulse.set', value: 'lost' },
  {
    type: 'suggestion.add',
    text: 'Try more trees',
    patch: { revision: 1, files: [{ path: 'params.yaml', hunks: [{ fromLine: 1, removed: [], added: ['# x'] }] }] },
  },
  { type: 'suggestion.add', text: 'A line', anchor: { file: 'src/train.ts', from: 1, to: 2, revision: 1 } },
  { type: 'suggestion.edit', suggestion: 's1', text: 'Else' },
  { type: 'suggestion.upvote', suggestion: 's1' },
  { type: 'suggestion.accept', suggestion: 's1' },
  { type: 'suggestion.merge', suggestion: 's2', into: 's1' },
  { type: 'preview.request', suggestion: 's1' },
  { type: 'guess.set', value: 2.3 },
  { type: 'driver.take' },
  { type: 'driver.offer', to: 'p1' },
  { type: 'run.request' },
  { type: 'run.cancel', run: 'r1' },
  { type: 'run.strike', run: 'r1', reason: 'odd' },
  { type: 'search.start', seconds: 10 },
  { type: 'revision.restore', revision: 1 },
  { type: 'moderation.undo', seq: 3 },
  { type: 'timer.set', minutes: 5 },
  { type: 'scene.show', scene: 'data', column: 'age' },
  { type: 'comparison.show', before: 'r1', after: 'r2' },
  { type: 'agenda.go', step: 1 },
  { type: 'checkpoint.load', name: '1-start' },
  { type: 'poll.open', question: 'Which?', choices: ['a', 'b'] },
  { type: 'poll.answer', poll: 'q1', choice: 0 },
  { type: 'session.configure', title: 'T' },
];

/** Opens, sends what `messages` gives, and waits for the end: what the server closes is an answer, too. */
async function exchange(socket: WebSocket, messages: () => Iterable<string | Uint8Array>): Promise<void> {
  await new Promise<void>((done) => {
    const end = () => {
      clearTimeout(timer);
      socket.terminate();
      done();
    };
    const timer = setTimeout(end, 3_000);
    socket.on('error', end);
    socket.on('close', end);
    socket.on('pong', end);
    socket.on('open', () => {
      for (const message of messages()) socket.send(message);
      socket.ping();
    });
  });
}

export async function fuzzCommands(random: Random, { url, sessionId, tokens, hostToken }: Target): Promise<void> {
  const token = random.one([...tokens, hostToken]);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket/?EIO=4&transport=websocket`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const auth = { sessionId, token, tab: 'fuzz' };
  const bytes = (text: string) => new TextEncoder().encode(text);
  await exchange(socket, function* () {
    yield `40${JSON.stringify(random.chance(0.2) ? damagedValue(random, auth) : auth)}`;
    for (let n = 1 + random.below(30); n > 0; n -= 1) {
      const command = { id: `fuzz-${random.below(1e9)}-id`, ...(random.one(COMMANDS) as object) };
      const event = random.one(['command', 'command', 'command', 'resync', 'disconnect', 'connect', 'other']);
      const said = random.chance(0.3) ? command : damagedValue(random, command);
      const rest = random.chance(0.1) ? [oddValue(random)] : [];
      const packet = `42${random.below(1_000)}${JSON.stringify([event, said, ...rest])}`;
      const how = random.below(10);
      if (how < 6) yield packet;
      else if (how < 8) yield new TextDecoder().decode(damagedBytes(random, bytes(packet)));
      else if (how < 9) yield damagedBytes(random, bytes(packet));
      else
        yield random.one([
          '2',
          '3',
          '41',
          '451-["command",{"_placeholder":true,"num":0}]',
          '46',
          '4',
          '5',
          '6',
          '40/x,',
        ]);
    }
  });
}

export async function fuzzText(random: Random, { url, sessionId, tokens, hostToken }: Target): Promise<void> {
  const drives = random.chance(0.5);
  const query = new URLSearchParams({ tab: drives ? 'driver' : 'fuzz', ...(random.chance(0.5) ? { v: '1' } : {}) });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/doc/${sessionId}?${query}`, {
    headers: { authorization: `Bearer ${drives ? hostToken : random.one(tokens)}` },
  });
  const doc = new Y.Doc();
  const file = new Y.Text('# fuzz\n');
  doc.getMap('files').set(random.one(['fuzz.md', 'README.md', '../x', '__proto__']), file);
  file.insert(random.below(file.length), random.one(['\r\n', '\0', '\ud83d', 'x'.repeat(random.below(2_000))]));
  if (random.chance(0.5)) file.delete(0, 1 + random.below(3));
  const frame = (kind: number, step: number | null, body: Uint8Array) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, kind);
    if (step !== null) encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
    return encoding.toUint8Array(encoder);
  };
  const awareness = () => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1 + random.below(2));
    encoding.writeVarUint(encoder, doc.clientID);
    encoding.writeVarUint(encoder, random.below(1_000));
    encoding.writeVarString(encoder, JSON.stringify(oddValue(random)));
    return encoding.toUint8Array(encoder);
  };
  await exchange(socket, function* () {
    const update = Y.encodeStateAsUpdate(doc);
    for (let n = 1 + random.below(12); n > 0; n -= 1) {
      const body = random.chance(0.6) ? damagedBytes(random, update) : update;
      const whole = random.one([
        () =>
          frame(0, 0, random.chance(0.5) ? damagedBytes(random, Y.encodeStateVector(doc)) : Y.encodeStateVector(doc)),
        () => frame(0, 1, body),
        () => frame(0, 2, body),
        () => frame(1, null, awareness()),
        () => Uint8Array.of(3),
        () => frame(random.below(200), random.below(5), body),
      ])();
      yield random.chance(0.3) ? damagedBytes(random, whole) : whole;
      if (random.chance(0.05)) yield JSON.stringify(oddValue(random));
    }
  });
  doc.destroy();
}
