// What the socket brings is taken in the order in which it came, also while a packed snapshot is opened.
import { deflateRawSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { createArrivals } from '#app/_session/view/arrivals.ts';
import { type PackedSnapshot, PROTOCOL, type Snapshot } from '#session-core/protocol/messages.ts';

type View = { readonly n: number };
const rest = { protocol: PROTOCOL, logId: 'log', seq: 1, you: null, youSeq: 0 };
const plain = (n: number): Snapshot<View, null> => ({ ...rest, view: { n } });
const packed = (n: number): PackedSnapshot<null> => ({
  ...rest,
  view: new Uint8Array(deflateRawSync(JSON.stringify({ n }))),
});
const settled = (arrivals: ReturnType<typeof createArrivals>) => new Promise<void>((done) => arrivals.other(done));

it('takes at once what needs no opening', () => {
  const arrivals = createArrivals(() => expect.unreachable());
  const taken: unknown[] = [];
  arrivals.snapshot<View, null>(plain(1), ({ view }) => taken.push(view.n));
  arrivals.other(() => taken.push('patch'));
  expect(taken).toEqual([1, 'patch']);
});

it('keeps what comes behind a packed one waiting, and what is taken may bring more', async () => {
  const arrivals = createArrivals(() => expect.unreachable());
  const taken: unknown[] = [];
  const take = ({ view }: Snapshot<View, null>) => void taken.push(view.n);
  expect(arrivals.canUnpack()).toBe(true);
  arrivals.snapshot(packed(1), take);
  arrivals.other(() => {
    taken.push('patch');
    arrivals.other(() => taken.push('answer'));
  });
  arrivals.snapshot(packed(2), take);
  arrivals.other(() => taken.push('later'));
  expect(taken).toEqual([]);
  await settled(arrivals);
  expect(taken).toEqual([1, 'patch', 2, 'later', 'answer']);
  arrivals.snapshot(plain(3), take);
  expect(taken.at(-1)).toBe(3);
});

it('takes an ArrayBuffer, as browsers get', async () => {
  const arrivals = createArrivals(() => expect.unreachable());
  const { view } = packed(7);
  const bytes = (view as Uint8Array<ArrayBuffer>).slice().buffer;
  const taken: number[] = [];
  arrivals.snapshot<View, null>({ ...rest, view: bytes }, (snapshot) => taken.push(snapshot.view.n));
  await settled(arrivals);
  expect(taken).toEqual([7]);
});

it('asks for plain text after one that cannot be opened, and takes nothing that built on it', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const failed = vi.fn();
  const arrivals = createArrivals(failed);
  const taken: unknown[] = [];
  arrivals.snapshot<View, null>({ ...rest, view: new Uint8Array([1, 2, 3]) }, () => taken.push('snapshot'));
  arrivals.other(() => taken.push('patch'));
  await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
  expect([taken, arrivals.canUnpack(), warn.mock.calls.length]).toEqual([[], false, 1]);
  arrivals.snapshot<View, null>(plain(4), ({ view }) => taken.push(view.n));
  expect(taken).toEqual([4]);
});

it('of a browser without the means is plain', () => {
  vi.stubGlobal('DecompressionStream', undefined);
  expect(createArrivals(() => undefined).canUnpack()).toBe(false);
  vi.unstubAllGlobals();
});
