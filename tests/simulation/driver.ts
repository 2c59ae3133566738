// The simulated driver: starts driving, types a little, pins the top patch, accepts it, or runs the pipeline.
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { rankSuggestions } from '#session-core/client/selectors.ts';
import { count, type Tally } from './crowd.ts';
import type { Person } from './participant.ts';

export interface SimulatedDriver {
  stop(): void;
}

/** The facilitator offers driving, `person` accepts and drives until `stop`. */
export async function drive(
  url: string,
  crowd: { facilitator: Person; person: Person; tally: Tally; everyMs: number },
): Promise<SimulatedDriver> {
  const { facilitator, person, tally, everyMs } = crowd;
  count(tally, await facilitator.send({ type: 'driver.take' }));
  count(tally, await facilitator.send({ type: 'driver.offer', to: person.participant }));
  count(tally, await person.send({ type: 'driver.accept' }));

  const headers = { authorization: `Bearer ${person.token}` };
  class WithToken extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace(/^http/, 'ws')}/doc`, person.sessionId, doc, {
    params: { tab: person.tab },
    disableBc: true,
    WebSocketPolyfill: WithToken as unknown as typeof globalThis.WebSocket,
  });
  const files = doc.getMap<Y.Text>('files');
  let over = false;
  const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

  const type = async (path: string, line: string) => {
    const text = files.get(path);
    if (!text) return;
    let at = text.length;
    for (const letter of line) {
      if (over) return;
      text.insert(at, letter);
      at += 1;
      const place = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, at));
      const last = text.toString().split('\n').length;
      provider.awareness.setLocalStateField('cursor', {
        file: path,
        anchor: place,
        head: place,
        visible: [Math.max(1, last - 24), last],
      });
      await pause(60);
    }
  };
  const implement = async () => {
    const view = person.view();
    const best = rankSuggestions(view, 'popular').filter((each) => each.status === 'open');
    const patch = best.find((each) => each.patch && each.patch.state !== 'conflict');
    if (patch) {
      count(tally, await person.send({ type: 'suggestion.pin', suggestion: patch.id }));
      await pause(everyMs / 6);
      count(tally, await person.send({ type: 'suggestion.accept', suggestion: patch.id }));
    } else count(tally, await person.send({ type: 'run.request' }));
  };
  const work = async () => {
    await pause(everyMs / 4);
    for (let turn = 1; !over; turn++) {
      await implement();
      await pause(everyMs / 3);
      await type('README.md', `\n- Turn ${turn}: ${new Date().toISOString().slice(11, 16)}, next suggestion, please.`);
      await pause(everyMs / 3);
    }
  };
  const working = work();
  working.catch((error: unknown) => {
    if (!over) throw error;
  });
  return {
    stop: () => {
      over = true;
      provider.destroy();
      doc.destroy();
    },
  };
}
