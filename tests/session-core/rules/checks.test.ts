// The checks of a patch: what is recorded of them, who may fix a patch, and which of them the driver has to wait for.
import { describe, expect, it } from 'vitest';
import type { CodeCheck, CodeChecks } from '#session-core/model/checks.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { RunSummary } from '#session-core/model/types.ts';
import { checkStates } from '#session-core/rules/checks.ts';
import { duePreviews } from '#session-core/rules/preview.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  CLEO,
  driven,
  HOST,
  kinds,
  merged,
  PRESENCE,
  patch,
  play,
  report,
  START,
  tree,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const OTHER = tree({ 'params.yaml': 'other' });
const NEW = tree({ 'params.yaml': 'new' });
const PASSED: CodeCheck = { result: 'passed', problems: [], count: 0 };
const FAILED: CodeCheck = {
  result: 'failed',
  problems: [{ file: 'src/train.ts', line: 3, column: 7, code: 'TS2322' }],
  count: 1,
};
const UNCHECKED: CodeCheck = { result: 'unchecked', why: 'time' };
const clean: CodeChecks = { types: PASSED, style: PASSED };
const FIXED = patch('trees: 200 # of the forest');
const suggestion = (added = 'trees: 200') => withSuggestion(driven(), { patch: patch(added) });
const found = (id: string, checks: CodeChecks, version = 1, revision = 1) =>
  ({ type: 'patch.check', suggestion: id, version, revision, checks }) as const;
const fix = (id: string) => ({ type: 'suggestion.fix', suggestion: id }) as const;
const accept = (id: string) => ({ type: 'suggestion.accept', suggestion: id }) as const;
const statesOf = (state: SessionState, id: string) => checkStates(state, state.suggestions[id]!);
const onto = { facts: { merge: merged(NEW) } };

/** The suggestion after a preview with this report. */
function previewed(result: Partial<RunSummary>): readonly [SessionState, string] {
  const [s, id] = suggestion();
  const asked = play(s, [BEN, { type: 'preview.request', suggestion: id }, { facts: tried(NEW) }]);
  const run = asked.suggestions[id]!.previews[0]!;
  return [play(asked, [null, { type: 'run.report', run, report: report(result) }]), id];
}

describe('what they say', () => {
  const leak = (level: 'alarm' | 'warning') =>
    [{ code: 'leak-strong', level, facts: { column: 'a', target: 'b', percent: 90 } }] as const;
  const unserved = (level: 'alarm' | 'warning') => [{ code: 'served-fails', level, facts: { fault: 'time' } }] as const;
  const tests = (failed: number) => ({ passed: 2, failed, failures: [] });
  it.each<[Partial<RunSummary>, string, string, string]>([
    [{}, 'absent', 'passed', 'passed'],
    [{ tests: tests(0) }, 'passed', 'passed', 'passed'],
    [{ tests: tests(1) }, 'failed', 'passed', 'passed'],
    [{ checking: true }, 'absent', 'running', 'passed'],
    [{ findings: leak('alarm') }, 'absent', 'failed', 'passed'],
    [{ findings: leak('warning') }, 'absent', 'warning', 'passed'],
    [
      { findings: [{ code: 'leak-unchecked', level: 'warning', facts: { reason: 'time' } }] },
      'absent',
      'unchecked',
      'passed',
    ],
    [
      { findings: [{ code: 'leak-unchecked', level: 'info', facts: { reason: 'folds' } }] },
      'absent',
      'warning',
      'passed',
    ],
    [{ findings: unserved('alarm') }, 'absent', 'passed', 'failed'],
    [{ findings: unserved('warning') }, 'absent', 'passed', 'warning'],
    [{ status: 'failed' }, 'unchecked', 'unchecked', 'failed'],
    [{ status: 'cancelled' }, 'waiting', 'waiting', 'waiting'],
  ])('[C1] reads tests, leakage and preview off the newest preview: %j', (result, tests, leakage, preview) => {
    const [s, id] = previewed(result);
    expect(statesOf(s, id)).toEqual({ types: 'waiting', style: 'waiting', tests, leakage, preview });
  });

  it('[C1] lets the preview of a model that does not answer pass once a facilitator has cleared it', () => {
    const [s, id] = previewed({ findings: unserved('alarm') });
    const cleared = play(s, [HOST, { type: 'run.clear', run: s.suggestions[id]!.previews[0]!, cleared: true }]);
    expect([statesOf(s, id)?.preview, statesOf(cleared, id)?.preview]).toEqual(['failed', 'warning']);
  });

  it('[C1] shows all five with a patch, and none without', () => {
    const [s, id] = suggestion();
    const checked = play(s, [null, found(id, { types: FAILED, style: UNCHECKED })]);
    expect(viewOf(checked, { kind: 'public' }, PRESENCE).suggestions[id]?.checks).toEqual({
      types: { state: 'failed', problems: FAILED.result === 'failed' ? FAILED.problems : [], count: 1 },
      style: { state: 'unchecked', why: 'time' },
      tests: { state: 'waiting' },
      leakage: { state: 'waiting' },
      preview: { state: 'waiting' },
    });
    const [words, plain] = withSuggestion(driven());
    expect(viewOf(words, { kind: 'public' }, PRESENCE).suggestions[plain]).not.toHaveProperty('checks');
  });
});

describe('what is recorded', () => {
  it('[C2] is what differs, while it is open or pending', () => {
    const [s, id] = suggestion();
    const once = play(s, [null, found(id, clean)]);
    expect(kinds(s, null, found(id, clean))).toEqual(['patch.checked']);
    expect(kinds(once, null, found(id, clean))).toEqual([]);
    expect(kinds(once, null, found(id, { ...clean, types: FAILED }))).toEqual(['patch.checked']);
    expect(kinds(play(once, [BEN, { type: 'suggestion.withdraw', suggestion: id }]), null, found(id, clean))).toEqual(
      [],
    );
    const [words, plain] = withSuggestion(driven());
    expect(kinds(words, null, found(plain, clean))).toEqual([]);
    expect(kinds(words, null, found('s99', clean))).toEqual([]);
  });

  it('[C3] is not what an earlier version had', () => {
    const [s, id] = suggestion();
    const fixed = play(s, [BEN, fix(id), { facts: { fix: FIXED } }]);
    expect(kinds(fixed, null, found(id, clean, 1))).toEqual([]);
    expect(kinds(fixed, null, found(id, clean, 2))).toEqual(['patch.checked']);
  });

  it('[C6] stays with an accepted patch', () => {
    const [s, id] = suggestion();
    const accepted = play(s, [null, found(id, { ...clean, types: FAILED })], [ANNA, accept(id), onto]);
    expect(kinds(accepted, null, found(id, clean))).toEqual([]);
    expect(statesOf(accepted, id)?.types).toBe('failed');
  });
});

describe('the fix', () => {
  it('[C4] is a new version with the same votes, to be checked and previewed anew', () => {
    const [s, id] = previewed({});
    const voted = play(s, [null, found(id, clean)], [CLEO, { type: 'suggestion.upvote', suggestion: id }]);
    for (const who of [BEN, ANNA, HOST])
      expect(when(voted, who, fix(id), { facts: { fix: FIXED } })).toEqual([
        ['suggestion.fixed', { suggestion: id, patch: FIXED }],
      ]);
    const after = play(voted, [ANNA, fix(id), { facts: { fix: FIXED } }]).suggestions[id]!;
    expect(after).toMatchObject({ author: BEN, patch: FIXED, version: 2, previews: [] });
    expect(after.voters).toEqual(voted.suggestions[id]!.voters);
    expect(after).not.toHaveProperty('checks');
  });

  it('[C4] is refused to others, without a patch, afterwards, and where there is nothing to fix', () => {
    const [s, id] = suggestion();
    expect(when(s, CLEO, fix(id), { facts: { fix: FIXED } })).toBe('not_allowed');
    expect(when(s, BEN, fix(id))).toBe('nothing_to_fix');
    expect(when(s, BEN, fix('s99'))).toBe('not_found');
    expect(when(s, BEN, fix(id), { facts: { fix: patch('x', { revision: 99 }) } })).toBe('patch_invalid');
    const over = play(s, [BEN, { type: 'suggestion.withdraw', suggestion: id }]);
    expect(when(over, BEN, fix(id), { facts: { fix: FIXED } })).toBe('wrong_status');
    const [words, plain] = withSuggestion(driven());
    expect(when(words, BEN, fix(plain), { facts: { fix: FIXED } })).toBe('no_patch');
  });
});

describe('required ones', () => {
  const requiring = (s: SessionState, ...requiredChecks: ('types' | 'tests' | 'leakage')[]) =>
    play(s, [HOST, { type: 'session.configure', requiredChecks }]);

  it('[C5] none is by default', () => {
    const [s, id] = suggestion();
    const failed = play(s, [null, found(id, { types: FAILED, style: FAILED })]);
    expect(kinds(failed, ANNA, accept(id), onto)).toContain('suggestion.accepted');
  });

  it('[C5] have to pass before the patch is applied, not before it is implemented by hand', () => {
    const [bare, id] = suggestion();
    const s = requiring(bare, 'types');
    expect(when(s, ANNA, accept(id), onto)).toBe('check_required');
    const failed = play(s, [null, found(id, { ...clean, types: FAILED })]);
    expect(when(failed, ANNA, accept(id), onto)).toBe('check_required');
    expect(kinds(failed, ANNA, { ...accept(id), how: 'hand' }, onto)).toContain('suggestion.accepted');
    const passed = play(s, [null, found(id, { types: PASSED, style: FAILED })]);
    expect(kinds(passed, ANNA, accept(id), onto)).toContain('suggestion.accepted');
  });

  it('[C5] are not asked of a patch that conflicts: it is refused for that', () => {
    const [bare, id] = suggestion();
    const merge = { ok: false, file: 'params.yaml', line: 1 } as const;
    expect(when(requiring(bare, 'types'), ANNA, accept(id), { facts: { merge } })).toBe('conflict');
  });

  it('[C5] pass with a warning, and without tests', () => {
    const [s, id] = previewed({
      findings: [{ code: 'leak-strong', level: 'warning', facts: { column: 'a', target: 'b', percent: 50 } }],
    });
    const all = requiring(s, 'leakage', 'tests');
    expect(kinds(all, ANNA, accept(id), onto)).toContain('suggestion.accepted');
  });

  it.each(['folds', 'failed'] as const)('[C5] pass where leakage cannot be asked of the code: %s', (reason) => {
    const [s, id] = previewed({ findings: [{ code: 'leak-unchecked', level: 'info', facts: { reason } }] });
    expect(kinds(requiring(s, 'leakage'), ANNA, accept(id), onto)).toContain('suggestion.accepted');
  });

  it.each(['time', 'memory', 'ended', 'interrupted'] as const)(
    '[C5] [R12] wait for another preview where the leakage check was cut off (%s), and pass with it',
    (reason) => {
      const [done, id] = previewed({ findings: [{ code: 'leak-unchecked', level: 'warning', facts: { reason } }] });
      const s = requiring(done, 'leakage');
      expect(when(s, ANNA, accept(id), onto)).toBe('check_required');
      const later = { at: START + 3_600_000, facts: tried(NEW) };
      expect(kinds(s, BEN, { type: 'preview.request', suggestion: id }, later)).toEqual(['run.requested']);
      expect(kinds(s, null, { type: 'preview.due', suggestion: id }, later)).toEqual(['run.requested']);
      // Not again and again by itself, where it runs into its limit each time.
      expect(duePreviews(s)).toEqual([]);
      const again = play(s, [null, { type: 'preview.due', suggestion: id }, later]);
      const run = again.suggestions[id]!.previews.at(-1)!;
      const whole = play(again, [null, { type: 'run.report', run, report: report() }]);
      expect(kinds(whole, ANNA, accept(id), onto)).toContain('suggestion.accepted');
    },
  );

  it('[C5] have to pass with the newest code: what was found with other code waits', () => {
    const [bare, id] = suggestion();
    const checked = play(requiring(bare, 'types'), [null, found(id, clean)]);
    const changed = play(checked, [null, { type: 'revision.cut' }, { facts: { tree: OTHER } }]);
    expect(when(changed, ANNA, accept(id), { facts: { merge: merged(NEW, OTHER) } })).toBe('check_required');
    // Recorded though nothing else differs, once.
    const again = play(changed, [null, found(id, clean, 1, changed.revision)]);
    expect(kinds(changed, null, found(id, clean, 1, changed.revision))).toEqual(['patch.checked']);
    expect(kinds(again, null, found(id, clean, 1, changed.revision))).toEqual([]);
    expect(kinds(again, ANNA, accept(id), { facts: { merge: merged(NEW, OTHER) } })).toContain('suggestion.accepted');
  });

  it('[C5] are of a preview of what would be applied', () => {
    const [bare, id] = previewed({});
    const s = requiring(bare, 'tests', 'leakage');
    expect(kinds(s, ANNA, accept(id), onto)).toContain('suggestion.accepted');
    expect(when(s, ANNA, accept(id), { facts: { merge: merged(OTHER) } })).toBe('check_required');
  });

  it('[C5] do not wait for what the server cannot check', () => {
    const [bare, id] = suggestion();
    const missing = { result: 'unchecked', why: 'missing' } as const;
    const s = play(requiring(bare, 'types'), [null, found(id, { types: missing, style: missing })]);
    expect(kinds(s, ANNA, accept(id), onto)).toContain('suggestion.accepted');
    const ended = { result: 'unchecked', why: 'ended' } as const;
    const broken = play(requiring(bare, 'types'), [null, found(id, { types: ended, style: ended })]);
    expect(when(broken, ANNA, accept(id), onto)).toBe('check_required');
  });

  it('[C5] are one setting, whatever the order in which they are named', () => {
    const s = requiring(driven(), 'tests', 'types');
    expect(s.settings.requiredChecks).toEqual(['types', 'tests']);
    expect(kinds(s, HOST, { type: 'session.configure', requiredChecks: ['tests', 'types'] })).toEqual([]);
  });
});
