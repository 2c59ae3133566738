// A text of many edits gets a new document once nobody has used its session for long, so that it opens fast again: as if
// it had just been written. Who comes back with the old document must never show both texts.
import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { syncStep1 } from '#server/document/doc-protocol.ts';
import { createSharedDocument } from '#server/document/document.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import { CLOSE, isFinalClose } from '#session-core/protocol/close-codes.ts';
import { joinWithFakeSocket } from '../../support/fake-text-socket.ts';
import { type Kit, openSessions } from '../../support/registry-kit.ts';
import { seeded } from '../../support/seeded.ts';
import { createSimText } from '../../support/sim-text.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

const UNUSED_MS = 10 * 60_000;
const FILE = 'params.yaml';

/** A session whose text was edited so often, as stored; its registry has it in memory and nobody is connected. */
async function edited(edits: number) {
  const { kit, session, host } = await open();
  const { id } = session;
  session.disconnected(host.connection);
  await kit.registry.rest(id);
  const { updates, last } = await kit.storage.docLoad(id);
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const random = seeded(7);
  const text = doc.getMap<Y.Text>('files').get(FILE)!;
  for (let i = 0; i < edits; i += 1) {
    const at = random.below(text.length);
    if (i % 2 === 0) text.insert(at, 'x');
    else text.delete(at, 1);
  }
  await kit.storage.docCompact(id, last, Y.encodeStateAsUpdate(doc));
  const again = (await kit.registry.open(id))!;
  return { kit, session: again, id, doc, text: text.toString() };
}
const rowOf = async (kit: Kit, id: string) => (await kit.storage.find(id))!;
const textIn = async (kit: Kit, id: string) => {
  const document = createSharedDocument((await kit.storage.docLoad(id)).updates);
  return { text: document.texts()[FILE], structs: document.structs() };
};
async function unused(kit: Kit, id: string) {
  await kit.clock.advance(UNUSED_MS + 60_000);
  await kit.registry.rest(id);
}

it('is the same text in a new document of few pieces, once nobody used the session for ten minutes', async () => {
  const { kit, id, text } = await edited(12_000);
  const before = { row: await rowOf(kit, id), ...(await textIn(kit, id)) };
  expect(before.structs).toBeGreaterThan(5_000);
  await unused(kit, id);
  const after = { row: await rowOf(kit, id), ...(await textIn(kit, id)) };
  expect(after.row).toEqual({ ...before.row, docId: after.row.docId });
  expect(after.row.docId).not.toBe(before.row.docId);
  expect(after.text).toBe(text);
  expect(after.structs).toBeLessThan(20);
  expect(kit.lines).toEqual([]);
});

it('keeps its document where somebody is connected, where it has few pieces, and where the server ends', async () => {
  const large = await edited(12_000);
  const reader = createSimText({ clock: large.kit.clock, lag: () => 1 }, { participant: null, tab: '', own: true });
  reader.connect(large.session);
  await large.kit.clock.advance(2 * UNUSED_MS);
  expect(reader.texts()[FILE]).toBe(large.text);
  reader.cut();
  const small = await edited(200);
  for (const [{ kit, id }, end] of [
    [large, () => large.kit.registry.close()],
    [small, () => unused(small.kit, small.id)],
  ] as const) {
    const { docId } = await rowOf(kit, id);
    await end();
    expect((await rowOf(kit, id)).docId).toBe(docId);
  }
});

it('is taken instead of the old one by a page that comes back, and the text is never there twice', async () => {
  const { kit, session, id, text } = await edited(12_000);
  const line = { clock: kit.clock, lag: () => 1 };
  const page = createSimText(line, { participant: null, tab: '', own: true });
  page.connect(session);
  await kit.clock.advance(100);
  expect(page.texts()[FILE]).toBe(text);
  page.cut();
  await unused(kit, id);
  page.connect((await kit.registry.open(id))!);
  await kit.clock.advance(200);
  expect(page.texts()[FILE]).toBe(text);
  expect(Y.encodeStateAsUpdate(page.doc).length).toBeLessThan(2_000);
  page.cut();
});

it('is refused to a program that comes back with a copy of the old one, with a code that is final', async () => {
  const { kit, session, id, doc } = await edited(12_000);
  const stranger = { participant: null, tab: '', own: false };
  const ask = (from: Y.Doc, at: LiveSession) => {
    const socket = joinWithFakeSocket(at, stranger);
    const before = socket.written.length;
    socket.say(syncStep1(Y.encodeStateVector(from)));
    const answered = socket.written.length > before;
    if (socket.closed.length === 0) socket.leave();
    return { closed: socket.closed.map(({ code }) => code), answered };
  };
  expect(ask(doc, session)).toEqual({ closed: [], answered: true });
  await unused(kit, id);
  const again = (await kit.registry.open(id))!;
  expect(ask(doc, again)).toEqual({ closed: [CLOSE.replaced], answered: false });
  expect(isFinalClose(CLOSE.replaced)).toBe(true);
  expect(ask(new Y.Doc(), again)).toEqual({ closed: [], answered: true });
});
