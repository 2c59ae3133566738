// A patch with a type error, a format error, a failing test and a leak, in a session of the real server: four marks, each
// with what was found; the fix mends the second, and the others are found again in its new version.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { patchBetween } from '#session-core/text/patch.ts';
import { facilitate, type Person, post } from '#tests/simulation/participant.ts';
import { type ServerProcess, startServer } from '#tests/support/server-process.ts';
import { edit, PREPARE } from '#tests/workspace/leaks/edits.ts';

let server: ServerProcess;
let person: Person;
beforeAll(async () => {
  server = await startServer();
  const made = await post<{ sessionId: string; facilitatorSecret: string }>(`${server.url}/api/sessions`, {});
  person = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
});
afterAll(async () => {
  person?.close();
  await server?.remove();
});

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${server.url}/api/sessions/${person.sessionId}${path}`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
  return (await response.json()) as T;
}

const states = (id: string) =>
  Object.fromEntries(
    Object.entries(person.view().suggestions[id]?.checks ?? {}).map(([name, { state }]) => [name, state]),
  );

it('shows four marks, and the fix mends one of them', async () => {
  await person.until((view) => Object.values(view.runs).some(({ status }) => status === 'succeeded'), 40_000);
  const { revision, files } = await get<{ revision: number; files: Record<string, string> }>('/files');
  const leaking = edit(PREPARE, ['const students = raw.assign({', "const students = raw.assign({ age: raw['G3'],"])(
    files,
  );
  const after = {
    ...leaking,
    'src/train.ts': `${files['src/train.ts']}export const wrong: number = 'text';\nexport const  spaced = 1;\n`,
    'src/test.ts': `${files['src/test.ts']}test('one is two', () => { expect(1).toBe(2); });\n`,
  };
  const patch = patchBetween(files, after, revision)!;
  const ack = await person.send({ type: 'suggestion.add', text: 'All at once', patch });
  const id = ack.ok ? (ack.about ?? '') : '';
  const four = { types: 'failed', style: 'failed', tests: 'failed', leakage: 'failed', preview: 'passed' };
  await expect.poll(() => states(id), { timeout: 60_000 }).toEqual(four);
  const line = after['src/train.ts'].split('\n').length;
  const checks = person.view().suggestions[id]!.checks!;
  expect(checks.types.problems).toContainEqual({ file: 'src/train.ts', line: line - 2, column: 14, code: 'TS2322' });
  expect(checks.style.problems).toContainEqual(
    expect.objectContaining({ file: 'src/train.ts', line: line - 1, code: 'format', fix: true }),
  );
  const said = await get<{ checks: { types: { problems: { message: string }[] } } }>(`/checks?suggestion=${id}`);
  expect(said.checks.types.problems.map(({ message }) => message)).toContain(
    "Type 'string' is not assignable to type 'number'.",
  );

  expect(await person.send({ type: 'suggestion.fix', suggestion: id })).toMatchObject({ ok: true });
  await expect.poll(() => states(id), { timeout: 60_000 }).toEqual({ ...four, style: 'passed' });
  const fixed = person.view().suggestions[id]!.patch!;
  expect(fixed.version).toBe(2);
  const train = fixed.files.find(({ path }) => path === 'src/train.ts');
  expect(train?.hunks[0]?.added).toContain('export const spaced = 1;');
  expect(await person.send({ type: 'suggestion.fix', suggestion: id })).toMatchObject({
    ok: false,
    rejection: { code: 'nothing_to_fix' },
  });
  expect(person.view().codeChecks).toMatchObject({ types: { state: 'passed' }, style: { state: 'passed' } });
});
