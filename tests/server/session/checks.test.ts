// The checks of patches in a session: a new one at once, the others again when the code changes; what the code has anyway
// is not held against a patch; the fix is a new version of it.
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeCheckJob, CodeFindings, FoundProblem } from '#sandbox/index.ts';
import { codeResults } from '#server/session/checks/code-results.ts';
import { openSessions } from '../../support/registry-kit.ts';
import { say } from '../../support/run-steps.ts';

const problem = (line: number, more: Partial<FoundProblem> = {}): FoundProblem => ({
  file: 'a.ts',
  line,
  column: 1,
  code: 'TS1',
  message: 'wrong',
  ...more,
});
const findings = (types: readonly FoundProblem[], style: Partial<CodeFindings['style']> = {}): CodeFindings => ({
  types: { problems: types },
  style: { problems: [], formatted: {}, fixed: {}, ...style },
});
const BEFORE = { 'a.ts': 'one\n\ntwo\nthree\n' };
const AFTER = { 'a.ts': 'one\n\nnew\ntwo\nthree\n' };

describe('of what was found in a patch', () => {
  it('types that were wrong before are counted apart, wherever the patch moved them', () => {
    const known = findings([problem(2), problem(3, { message: 'other' })]);
    const of = (...types: FoundProblem[]) =>
      codeResults(findings(types), { before: BEFORE, after: AFTER, known }).checks.types;
    expect(of(problem(3), problem(4, { message: 'other' }))).toEqual({
      result: 'passed',
      problems: [],
      count: 0,
      known: 2,
    });
    expect(of(problem(2), problem(3))).toMatchObject({ result: 'failed', problems: [{ line: 3 }], count: 1, known: 1 });
    expect(of(problem(1, { code: 'TS9' }))).toMatchObject({ result: 'failed', count: 1 });
  });

  it('format and lint are looked at on its own lines, and the fix keeps to them', () => {
    const lint = (line: number) => problem(line, { code: 'lint/style/useConst' });
    const style = {
      problems: [lint(1), lint(3), lint(5)],
      formatted: { 'a.ts': 'ONE\n\nnew;\ntwo\nTHREE\n' },
      fixed: { 'a.ts': 'ONE\n\nconst new;\ntwo\nTHREE\n' },
    };
    const { checks, fixed } = codeResults(findings([], style), { before: BEFORE, after: AFTER, known: null });
    expect(checks.style).toEqual({
      result: 'failed',
      problems: [
        { file: 'a.ts', line: 3, column: 1, code: 'format', message: '', fix: true },
        { ...lint(3), fix: true },
      ],
      count: 2,
    });
    expect(fixed).toEqual({ 'a.ts': 'one\n\nconst new;\ntwo\nthree\n' });
    const code = codeResults(findings([], style), { before: null, after: AFTER, known: null });
    expect(code.checks.style).toMatchObject({ count: 6 });
  });

  it('what the formatter moves from one line to the next stays together, in the mark and in the fix', () => {
    const [before, after] = ['  + b;', '  + b * g;'].map((last) => ({
      'a.ts': `export const total =\n  a * a\n${last}\n\nlet  other;\n`,
    }));
    const written = 'export const total =\n  a * a +\n  b * g;\n\nlet other;\n';
    const style = { formatted: { 'a.ts': written }, fixed: { 'a.ts': written } };
    const { checks, fixed } = codeResults(findings([], style), { before: before!, after: after!, known: null });
    expect(checks.style).toMatchObject({ count: 1, problems: [{ line: 3, code: 'format' }] });
    expect(fixed).toEqual({ 'a.ts': 'export const total =\n  a * a +\n  b * g;\n\nlet  other;\n' });
  });

  it('types are not held against it while nobody knows what the code has anyway', () => {
    const known = { ...findings([]), types: { unchecked: 'ended' as const } };
    const of = (...types: FoundProblem[]) =>
      codeResults(findings(types), { before: BEFORE, after: AFTER, known }).checks.types;
    expect(of(problem(3))).toEqual({ result: 'unchecked', why: 'ended' });
    expect(of()).toMatchObject({ result: 'passed' });
  });

  it('nothing to fix is no fix, and a limit is said', () => {
    const of = (found: CodeFindings) => codeResults(found, { before: BEFORE, after: AFTER, known: null });
    expect(of(findings([])).fixed).toBeNull();
    const slow = of({ types: { unchecked: 'time' }, style: { unchecked: 'memory' } });
    expect(slow).toEqual({
      checks: { types: { result: 'unchecked', why: 'time' }, style: { result: 'unchecked', why: 'memory' } },
      fixed: null,
      whole: {},
    });
  });
});

describe('in a session', () => {
  const { open, closeAll } = openSessions();
  afterEach(closeAll);

  const TS = 'export const made = 1;\n';
  const patchOf = (text: string) => ({
    revision: 1,
    files: [{ path: 'src/extra.ts', hunks: [{ fromLine: 1, removed: [], added: text.split('\n') }] }],
  });

  it('checks a new patch without being asked, once for each text it is applied to, and fixes it', async () => {
    const { kit, session, host } = await open();
    const jobs: CodeCheckJob[] = [];
    const formatted = TS.replaceAll('"', "'");
    kit.pool.check = async (job: CodeCheckJob) => {
      jobs.push(job);
      const text = job.files['src/extra.ts'];
      if (text === undefined || text === formatted) return findings([]);
      return findings([problem(1, { file: 'src/extra.ts' })], {
        formatted: { 'src/extra.ts': formatted },
        fixed: { 'src/extra.ts': formatted },
      });
    };
    await say(kit, host, { type: 'suggestion.add', text: 'made', patch: patchOf('export const made  =  1;\n') });
    await kit.clock.advance(2_000);
    const [id, card] = Object.entries(session.view().suggestions)[0]!;
    expect(card.checks).toMatchObject({
      types: { state: 'failed', problems: [{ file: 'src/extra.ts', line: 1, code: 'TS1' }] },
      style: { state: 'failed', problems: [{ code: 'format', fix: true }] },
    });
    expect(JSON.stringify(session.state().suggestions)).not.toContain('wrong');
    expect(await session.checks(id)).toMatchObject({ types: { problems: [{ message: 'wrong' }] } });
    const asked = jobs.length;
    await kit.clock.advance(10_000);
    expect(jobs).toHaveLength(asked);

    await say(kit, host, { type: 'suggestion.fix', suggestion: id });
    await kit.clock.advance(2_000);
    expect(session.view().suggestions[id]).toMatchObject({
      patch: { version: 2, files: [{ path: 'src/extra.ts', hunks: [{ added: formatted.split('\n') }] }] },
      checks: { types: { state: 'passed' }, style: { state: 'passed' } },
    });
    expect(session.view().codeChecks).toMatchObject({ revision: 1, types: { state: 'passed' } });
  });

  it('writes the whole file where the fix of some lines alone would be other code', async () => {
    const { kit, session, host } = await open();
    // The comment stays where it is, and the operator moves past it.
    const [typed, written] = ['a\n// squared\n+ b;\n', 'a +\n// squared\nb;\n'];
    const broken = 'a +\n// squared\n+ b;\n';
    kit.pool.check = async ({ files }: CodeCheckJob) => {
      const text = files['src/extra.ts'];
      if (text === undefined || text === written) return findings([]);
      const formatted = text === broken ? 'a + // squared\n+b;\n' : `${written}let other;\n`;
      return findings([], { formatted: { 'src/extra.ts': formatted }, fixed: { 'src/extra.ts': formatted } });
    };
    await say(kit, host, { type: 'suggestion.add', text: 'made', patch: patchOf(typed) });
    await kit.clock.advance(2_000);
    const [id] = Object.keys(session.view().suggestions) as [string];
    await say(kit, host, { type: 'suggestion.fix', suggestion: id });
    expect(session.view().suggestions[id]?.patch?.files[0]?.hunks[0]?.added).toEqual(
      `${written}let other;\n`.split('\n'),
    );
  });

  const ENDED: CodeFindings = { types: { unchecked: 'ended' }, style: { unchecked: 'ended' } };
  it.each<[string, () => Promise<CodeFindings>]>([
    ['breaks down', () => Promise.reject(new Error('broken'))],
    ['is ended by chance', () => Promise.resolve(ENDED)],
  ])('tries again what %s, after longer and longer pauses, and takes what is found then', async (_, broken) => {
    const { kit, session, host } = await open();
    let asked = 0;
    let answer = broken;
    kit.pool.check = () => {
      asked += 1;
      return answer();
    };
    await say(kit, host, { type: 'suggestion.add', text: 'made', patch: patchOf(TS) });
    await kit.clock.advance(4_000);
    const typesOf = () => Object.values(session.view().suggestions)[0]?.checks?.types.state;
    expect(asked).toBeGreaterThan(0);
    expect(typesOf()).toBe('waiting');
    const first = asked;
    await kit.clock.advance(10_000);
    expect(asked).toBeGreaterThan(first);
    // Of an hour: every ten minutes at most, of the patch, of the code under it and of the code itself.
    await kit.clock.advance(3_600_000);
    expect(asked).toBeLessThan(60);
    answer = () => Promise.resolve(findings([]));
    await kit.clock.advance(700_000);
    expect(typesOf()).toBe('passed');
    const before = asked;
    await kit.clock.advance(3_600_000);
    expect(asked).toBe(before);
  });

  it('previews what is refused for its leakage though previews are off, again after the 10 s, and applies it then', async () => {
    const { kit, session, host } = await open();
    kit.pool.jobs[0]?.finish();
    await kit.clock.advance(60);
    await say(kit, host, { type: 'session.configure', previews: 'off', requiredChecks: ['leakage'] });
    const id = await say(kit, host, { type: 'suggestion.add', text: 'made', patch: patchOf(TS) });
    await kit.clock.advance(60_000);
    expect(kit.pool.jobs).toHaveLength(1);
    const accept = async () => {
      const ack = host.say({ type: 'suggestion.accept', suggestion: id });
      await kit.clock.advance(60);
      return await ack;
    };
    const isRefused = { ok: false, rejection: { code: 'check_required' } };
    expect(await accept()).toMatchObject(isRefused);
    await kit.clock.advance(60);
    expect(kit.pool.jobs).toHaveLength(2);
    kit.pool.jobs[1]?.finish({ findings: [{ code: 'leak-unchecked', level: 'warning', facts: { reason: 'time' } }] });
    await kit.clock.advance(60);
    expect(session.view().suggestions[id]?.checks?.leakage.state).toBe('unchecked');
    // Twice within the 10 s: one preview comes of it, when they are over.
    for (const _ of [1, 2]) expect(await accept()).toMatchObject(isRefused);
    await kit.clock.advance(2_000);
    expect(kit.pool.jobs).toHaveLength(2);
    await kit.clock.advance(10_000);
    expect(kit.pool.jobs).toHaveLength(3);
    kit.pool.jobs[2]?.finish();
    await kit.clock.advance(60_000);
    expect(kit.pool.jobs).toHaveLength(3);
    expect(await accept()).toMatchObject({ ok: true });
  });

  it.each(['time', 'memory'] as const)(
    'checks again what somebody wants to apply where the last check ran out of %s, and nothing else',
    async (why) => {
      const { kit, session, host } = await open();
      let asked = 0;
      const answering = (found: CodeFindings) => {
        kit.pool.check = () => {
          asked += 1;
          return Promise.resolve(found);
        };
      };
      answering({ types: { unchecked: why }, style: { unchecked: why } });
      await say(kit, host, { type: 'session.configure', requiredChecks: ['types'] });
      const id = await say(kit, host, { type: 'suggestion.add', text: 'made', patch: patchOf(TS) });
      await kit.clock.advance(10_000);
      expect(session.view().suggestions[id]?.checks?.types).toEqual({ state: 'unchecked', why });
      const before = asked;
      await kit.clock.advance(3_600_000);
      expect(asked).toBe(before);
      answering(findings([]));
      const accept = async () => {
        const ack = host.say({ type: 'suggestion.accept', suggestion: id });
        await kit.clock.advance(60);
        return await ack;
      };
      expect(await accept()).toMatchObject({ ok: false, rejection: { code: 'check_required' } });
      await kit.clock.advance(1_000);
      expect(await accept()).toMatchObject({ ok: true });
    },
  );

  it('checks first what somebody wanted to apply, and applies it then', async () => {
    const { kit, session, host } = await open();
    kit.pool.check = () => Promise.resolve(ENDED);
    await say(kit, host, { type: 'session.configure', requiredChecks: ['types'] });
    const add = { type: 'suggestion.add', text: 'made', patch: patchOf(TS) } as const;
    await say(kit, host, add);
    await say(kit, host, { ...add, text: 'other', patch: patchOf(`${TS}${TS.replace('made', 'more')}`) });
    await kit.clock.advance(200_000);
    const [, id] = Object.keys(session.view().suggestions) as [string, string];
    const order: (string | undefined)[] = [];
    kit.pool.check = async ({ files }: CodeCheckJob) => {
      order.push(files['src/extra.ts']);
      return findings([]);
    };
    const accept = async () => {
      const ack = host.say({ type: 'suggestion.accept', suggestion: id });
      await kit.clock.advance(60);
      return await ack;
    };
    expect(await accept()).toMatchObject({ ok: false, rejection: { code: 'check_required' } });
    await kit.clock.advance(1_000);
    expect(order.find((text) => text !== undefined)).toContain('more');
    expect(await accept()).toMatchObject({ ok: true });
  });
});
