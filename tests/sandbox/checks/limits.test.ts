// What comes of a program that runs into a limit: one of the content is a limit, one of the machine is chance.
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { checkStyle } from '#sandbox/checks/style-check.ts';
import { runTool, type ToolEnd, type ToolRun } from '#sandbox/child-process/run-tool.ts';

const LIMITS = { processorMs: 60_000, timeMs: 60_000, memoryMb: 400, outBytes: 1_000 };

it.each<[string, Partial<ToolRun>, string, ToolEnd['ended']]>([
  ['a processor', { processorMs: 30 }, 'while :; do :; done', 'time'],
  ['the clock', { timeMs: 30 }, 'exec sleep 600', 'crash'],
  ['output', { outBytes: 10 }, 'exec yes', 'memory'],
])('a program is ended by the limit of %s', async (_, limit, script, ended) => {
  const end = await runTool({
    ...LIMITS,
    ...limit,
    spawn,
    command: ['/bin/sh', '-c', script],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    signal: new AbortController().signal,
  });
  expect(end.ended).toBe(ended);
});

const FOUND = { path: 'a.ts', start: { line: 1, column: 1 } };
const REPORT = JSON.stringify({
  diagnostics: [
    { category: 'format', message: '', location: FOUND },
    { category: 'lint/style/useConst', message: 'const', location: FOUND },
  ],
});

it.each<[report: ToolEnd['ended'], format: ToolEnd['ended'], fix: ToolEnd['ended'], unchecked: string | undefined]>([
  ['crash', 'exit', 'exit', 'ended'],
  ['time', 'exit', 'exit', 'time'],
  ['exit', 'crash', 'exit', 'ended'],
  ['exit', 'memory', 'exit', 'memory'],
  ['exit', 'exit', 'crash', 'ended'],
  ['exit', 'exit', 'time', undefined],
  ['exit', 'exit', 'exit', undefined],
])(
  'style where the report ends by %s, the format by %s and the fix by %s: %s',
  async (report, format, fix, unchecked) => {
    const end = (ended: ToolEnd['ended'], out: string): ToolEnd =>
      ended === 'exit' ? { ended, code: 0, out } : { ended };
    const style = await checkStyle(
      async ([how], input) =>
        input === undefined ? end(report, REPORT) : end(how === 'format' ? format : fix, 'const a = 1;\n'),
      { 'a.ts': 'let  a = 1;\n' },
      ['a.ts'],
    );
    if (unchecked !== undefined) expect(style).toEqual({ unchecked });
    else expect(style).toMatchObject({ problems: [{ line: 1 }], formatted: { 'a.ts': 'const a = 1;\n' } });
  },
);
