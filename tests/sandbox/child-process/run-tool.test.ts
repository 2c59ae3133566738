// One program over hostile text: every way in which it ends is an answer.
import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { runTool, type ToolRun } from '#sandbox/child-process/run-tool.ts';

const run = (program: string, more: Partial<ToolRun> = {}) =>
  runTool({
    spawn,
    command: [process.execPath, '-e', program],
    cwd: '/',
    env: {},
    processorMs: 60_000,
    timeMs: 60_000,
    memoryMb: 2_000,
    outBytes: 10_000,
    signal: new AbortController().signal,
    ...more,
  });

it.each<[string, string, Partial<ToolRun>, object]>([
  ['what it says', 'console.log(1); process.exitCode = 3', {}, { ended: 'exit', code: 3, out: '1\n' }],
  [
    'what it makes of its input',
    'process.stdin.pipe(process.stdout)',
    { input: 'text' },
    { ended: 'exit', code: 0, out: 'text' },
  ],
  ['an endless loop', 'for (;;);', { processorMs: 300 }, { ended: 'time' }],
  ['one that waits for ever', 'setInterval(() => {}, 1000)', { timeMs: 300 }, { ended: 'crash' }],
  ['a flood of words', 'for (;;) console.log("x".repeat(1000))', {}, { ended: 'memory' }],
  [
    'too much memory',
    'const all = []; setInterval(() => all.push(Buffer.alloc(20e6, 1)), 5)',
    { memoryMb: 200 },
    { ended: 'memory' },
  ],
  ['a breakdown', 'process.kill(process.pid, "SIGSEGV")', {}, { ended: 'crash' }],
  ['a program that is not there', '', { command: ['/no/such/program'] }, { ended: 'crash' }],
  ['an input that nobody reads', 'process.exit(0)', { input: 'x'.repeat(5e6) }, { ended: 'exit', code: 0, out: '' }],
])('answers %s', async (_, program, more, end) => {
  expect(await run(program, more)).toEqual(end);
});

it('is ended with the server', async () => {
  const ending = new AbortController();
  const running = run('for (;;);', { signal: ending.signal });
  ending.abort();
  expect(await running).toEqual({ ended: 'crash' });
});
