// A snapshot as JSON: the same as by JSON.stringify, with the view written once for everybody who gets it.
import { expect, it } from 'vitest';
import { snapshotJson } from '#session-core/protocol/snapshot-json.ts';

it('says what the snapshot says, and reads a view once', () => {
  let reads = 0;
  const view = {
    title: 'Fifty "quoted" € 🦉 \u2028',
    get suggestions() {
      reads += 1;
      return { s1: { votes: 3 } };
    },
  };
  const snapshot = (you: { votes: string[] } | null, youSeq: number) => ({
    protocol: 2,
    logId: 'a',
    seq: 7,
    view,
    you,
    youSeq,
  });
  const texts = [snapshotJson(snapshot({ votes: ['s1'] }, 5)), snapshotJson(snapshot(null, 0))];
  expect(reads).toBe(1);
  expect(texts.map((text) => JSON.parse(text))).toEqual([snapshot({ votes: ['s1'] }, 5), snapshot(null, 0)]);
});
