// What a frame of the text socket costs the server, in steps: never more than in proportion to its length, and next to
// nothing where it may not write.
// biome-ignore assist/source/organizeImports: it must be there before what it counts is compiled
import { countSteps } from '#tests/support/count-steps.ts';
import * as encoding from 'lib0/encoding';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { syncStep1, updateFrame } from '#server/document/doc-protocol.ts';
import { createSharedDocument } from '#server/document/document.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { settle } from '#tests/support/fake-clock.ts';
import { joinWithFakeSocket } from '#tests/support/fake-text-socket.ts';
import { openSessions } from '#tests/support/registry-kit.ts';

const sessions = openSessions();
afterEach(() => sessions.closeAll());

function bytesOf(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}
const numbers = (encoder: encoding.Encoder, ...all: readonly number[]) => {
  for (const one of all) encoding.writeVarUint(encoder, one);
};
/** A struct of deleted content, length 1, in a text named `f`. */
const piece = (encoder: encoding.Encoder) => {
  encoding.writeUint8(encoder, 1);
  numbers(encoder, 1);
  encoding.writeVarString(encoder, 'f');
  numbers(encoder, 1);
};
const repeat = (times: number, act: (index: number) => void) => {
  for (let i = 0; i < times; i += 1) act(i);
};

/** Frames of a viewer, by how large a number of things they hold. */
const FRAMES: Readonly<Record<string, (n: number) => Uint8Array>> = {
  'an edit of many pieces': (n) =>
    updateFrame(
      bytesOf((out) => {
        numbers(out, 1, n, 77, 0);
        repeat(n, () => piece(out));
        numbers(out, 0);
      }),
    ),
  'an edit of many clients': (n) =>
    updateFrame(
      bytesOf((out) => {
        numbers(out, n);
        repeat(n, (i) => {
          numbers(out, 1, 1_000 + i, 0);
          piece(out);
        });
        numbers(out, 0);
      }),
    ),
  'an edit with many holes': (n) =>
    updateFrame(
      bytesOf((out) => {
        numbers(out, 1, 2 * n, 77, 0);
        repeat(n, () => {
          piece(out);
          numbers(out, 10, 1);
        });
        numbers(out, 0);
      }),
    ),
  'many deletions of one client': (n) =>
    updateFrame(
      bytesOf((out) => {
        numbers(out, 0, 1, 77, n);
        repeat(n, (i) => numbers(out, 2 * i, 1));
      }),
    ),
  'deletions of many clients': (n) =>
    updateFrame(
      bytesOf((out) => {
        numbers(out, 0, n);
        repeat(n, (i) => numbers(out, 1_000 + i, 1, 0, 1));
      }),
    ),
  'a long state vector': (n) =>
    syncStep1(
      bytesOf((out) => {
        numbers(out, n);
        repeat(n, (i) => numbers(out, 1_000 + i, 5));
      }),
    ),
  'a long awareness': (n) =>
    bytesOf((out) => {
      numbers(out, 1);
      encoding.writeVarUint8Array(
        out,
        bytesOf((body) => {
          numbers(body, n);
          repeat(n, (i) => {
            numbers(body, i, 1);
            encoding.writeVarString(body, '{}');
          });
        }),
      );
    }),
};

async function viewerIn(own: boolean) {
  const { kit, session } = await sessions.open();
  const viewer = () => joinWithFakeSocket(session, { participant: null, tab: '', own });
  const costOf = async (frame: Uint8Array) => {
    const socket = viewer();
    await kit.clock.advance(100);
    return countSteps(async () => {
      socket.say(frame);
      await kit.clock.advance(40);
    });
  };
  const [first] = (await kit.storage.docLoad(session.id)).updates;
  const [known] = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(first!)).keys();
  return { kit, viewer, costOf, known: known! };
}

describe.each([true, false])('a frame of somebody who may not write (v=1: %s)', (own) => {
  it.each(Object.keys(FRAMES))('costs no more than in proportion to its length: %s', async (kind) => {
    const { costOf } = await viewerIn(own);
    const frame = FRAMES[kind]!;
    await costOf(frame(100));
    const [nothing, once, fourTimes] = [await costOf(frame(0)), await costOf(frame(100)), await costOf(frame(400))];
    expect(fourTimes - nothing).toBeLessThan(4.4 * (once - nothing) + 500);
  });
});

describe('an edit of 24,500 pieces by somebody without a token', () => {
  it('costs nothing, and closes the socket of a program that would have to be put right', async () => {
    const { kit, viewer, costOf } = await viewerIn(false);
    const frame = FRAMES['an edit of many pieces']!(24_500);
    const socket = viewer();
    await kit.clock.advance(100);
    socket.say(frame);
    await kit.clock.advance(40);
    expect(socket.closed).toEqual([
      { code: CLOSE.tooManyPieces, sentence: 'this edit has too many pieces; open a new document' },
    ]);
    expect(await costOf(frame)).toBeLessThan(20_000);
  });
});

describe('one read of the socket', () => {
  /** Of a copy that holds some of the document, and edits of its own. */
  const question = (known: number, clock: number) =>
    syncStep1(
      bytesOf((out) => {
        numbers(out, 2, known, 1, 9, clock);
      }),
    );

  it('brings no more frames to work on than the pace allows, however many it holds', async () => {
    const { kit, viewer, known } = await viewerIn(false);
    const socket = viewer();
    await kit.clock.advance(100);
    socket.written.length = 0;
    repeat(7_000, (i) => socket.sayAlthoughPaused(question(known, i)));
    await kit.clock.advance(0);
    const atOnce = socket.written.length;
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(70);
    await kit.clock.advance(1_000);
    expect(socket.written.length - atOnce).toBeLessThan(30);
  });

  it('is taken on to its last frame when the pauses are over', async () => {
    const { kit, viewer, known } = await viewerIn(false);
    const socket = viewer();
    await kit.clock.advance(100);
    socket.written.length = 0;
    repeat(100, (i) => socket.sayAlthoughPaused(question(known, i)));
    expect(socket.isPaused()).toBe(true);
    for (let second = 0; second < 20; second += 1) await kit.clock.advance(1_000);
    expect(socket.written.length).toBeGreaterThanOrEqual(100);
    expect(socket.isPaused()).toBe(false);
  });
});

describe('a large document', () => {
  it('is put together once for everybody who lacks the same', async () => {
    const shared = createSharedDocument([]);
    shared.replaceTexts({ 'a.ts': 'a' });
    const doc = new Y.Doc();
    Y.applyUpdate(doc, shared.fullUpdate());
    const text = (doc.getMap('files') as Y.Map<Y.Text>).get('a.ts')!;
    const before = Y.encodeStateVector(doc);
    // Every second of them at the front: no two make one struct.
    doc.transact(() => repeat(4_000, (i) => text.insert(i % 2 ? 0 : text.length, 'x')));
    shared.applyTyped([Y.encodeStateAsUpdate(doc)]);
    expect(shared.texts()['a.ts']).toHaveLength(4_001);
    const first = shared.compare(before)!;
    expect(first.work.steps).toBeGreaterThan(2_000);
    let again = first;
    const ask = () => {
      again = shared.compare(before)!;
    };
    await countSteps(ask);
    expect(await countSteps(ask)).toBeLessThan(500);
    expect(again.missing).toBe(first.missing);
    text.insert(0, 'y');
    shared.applyTyped([Y.encodeStateAsUpdate(doc, shared.stateVector())]);
    expect(shared.compare(before)!.missing).not.toEqual(first.missing);
  });
});

describe('the pause after a refusal', () => {
  it.each([true, false])('grows with what the refusal cost (v=1: %s)', async (own) => {
    const { kit, viewer } = await viewerIn(own);
    const pauseAfter = async (frame: Uint8Array) => {
      const socket = viewer();
      await kit.clock.advance(100);
      socket.say(frame);
      await kit.clock.advance(40);
      expect(socket.isPaused()).toBe(true);
      let ms = 0;
      for (; socket.isPaused() && ms < 10_000; ms += 10) await kit.clock.advance(10);
      return ms;
    };
    const pieces = FRAMES['an edit of many pieces']!;
    const small = await pauseAfter(pieces(1));
    expect(small).toBeGreaterThan(200);
    expect(await pauseAfter(pieces(900))).toBeGreaterThan(small + 80);
  });
});

describe('what many send at once', () => {
  it('is worked on in parts, in order, with a turn for other sockets in between', async () => {
    const { kit, session, host } = await sessions.open();
    const viewers = Array.from({ length: 20 }, () =>
      joinWithFakeSocket(session, { participant: null, tab: '', own: false }),
    );
    await kit.clock.advance(100);
    for (const viewer of viewers) viewer.written.length = 0;
    const frame = FRAMES['an edit of many pieces']!(900);
    repeat(20, () => {
      for (const viewer of viewers) viewer.say(frame);
    });
    let acked = false;
    const ack = host.say({ type: 'hand.raise' }).then(() => {
      acked = true;
    });
    await settle();
    const answered = () => viewers.reduce((sum, { written }) => sum + written.length, 0);
    const first = answered();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(200);
    expect(acked).toBe(false);
    for (let turn = 0; turn < 20 && answered() < 400; turn += 1) await kit.clock.advance(1);
    expect(answered()).toBe(400);
    await kit.clock.advance(100);
    await ack;
    expect(acked).toBe(true);
  });
});
