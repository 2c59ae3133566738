// Progress messages: what a client reads, what it ignores, and that the schemas say what the types say.
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { LogLine, StageResult } from '#pipeline-core/core/report.ts';
import { readProgress } from '#session-core/protocol/progress.ts';
import type { logLineSchema, stageResultSchema } from '#session-core/protocol/report-schemas.ts';
import type { Wire } from '#session-core/protocol/wire.ts';

const because = { type: 'param', key: 'k', before: '1', after: '2' };
const reason = { code: 'changes', changes: [{ type: 'upstream', stage: 'prepare', because }], more: 2 };
const result = { name: 'train', status: 'ran', reason, ms: 12, outs: [{ path: 'm', bytes: 1, sha256: 'a' }] };

describe('a message of progress', () => {
  it.each([
    { type: 'queued', run: 'r1', ahead: 2 },
    { type: 'started', run: 'r1' },
    { type: 'plan', run: 'r1', stages: [{ name: 'train', willRun: true, reason }] },
    { type: 'stage', run: 'r1', name: 'train' },
    { type: 'progress', run: 'r1', stage: 'train', share: 0.5 },
    { type: 'staged', run: 'r1', result },
    { type: 'log', run: 'r1', lines: [{ stage: 'train', at: 3, text: 'hello' }] },
  ])('of type $type is read', (message) => {
    expect(readProgress(message)).toEqual(message);
    expect(readProgress({ ...message, later: true })).toEqual(message);
  });

  it.each([
    null,
    'started',
    { type: 'later-invention', run: 'r1' },
    { type: 'started' },
    { type: 'staged', run: 'r1', result: { ...result, status: 'exploded' } },
    { type: 'staged', run: 'r1', result: { ...result, reason: 'because' } },
    { type: 'log', run: 'r1', lines: [{ text: 'hello' }] },
  ])('that does not fit is ignored: %j', (message) => {
    expect(readProgress(message)).toBeNull();
  });
});

it('the schemas and the types of a report agree', () => {
  expectTypeOf<Wire<typeof stageResultSchema>>().toEqualTypeOf<StageResult>();
  expectTypeOf<Wire<typeof logLineSchema>>().toEqualTypeOf<LogLine>();
});
