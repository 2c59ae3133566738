// The dvc.lock of an exported repository.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { factOf, lockText, readLock } from '#sandbox/workspace/dvc-lock.ts';
import { readWorkspace } from '#sandbox/workspace/workspace.ts';

it('locks as DVC does: params as declared, a folder by the list of its files, and no stage that lacks something', () => {
  const files = {
    'dvc.yaml': `stages:
  one:
    cmd: node src/one.ts
    deps: [src/one.ts, lib]
    params: [a, b.c]
    outs: [out.json]
  two:
    cmd: node src/two.ts
    deps: [src/two.ts, out.json]
    outs: [gone.json]
`,
    'params.yaml': 'a: {x: 1, y: [1, 2]}\nb: {c: "no"}\n',
    'src/one.ts': '1\n',
    'src/two.ts': '2\n',
    'lib/b.ts': 'b\n',
    'lib/a.ts': 'a\n',
  };
  const known = { ...files, 'out.json': '{}\n' };
  const lock = lockText(
    readWorkspace(files, []),
    new Map(Object.entries(known).map(([path, text]) => [path, factOf(text)])),
  );
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const list = `[{"md5": "${md5('a\n')}", "relpath": "a.ts"}, {"md5": "${md5('b\n')}", "relpath": "b.ts"}]`;
  expect(lock.replaceAll("'", '')).toBe(`schema: 2.0
stages:
  one:
    cmd: node src/one.ts
    deps:
    - path: lib
      hash: md5
      md5: ${md5(list)}.dir
      size: 4
      nfiles: 2
    - path: src/one.ts
      hash: md5
      md5: ${md5('1\n')}
      size: 2
    params:
      params.yaml:
        a:
          x: 1
          y: [1,2]
        b.c: no
    outs:
    - path: out.json
      hash: md5
      md5: ${md5('{}\n')}
      size: 3
`);
  expect([...readLock(lock).keys()]).toEqual(['src/one.ts', 'out.json']);
});
