// A server process around a pool, as small as can be: attacks and soak run against it from outside.
// POST /run {files, ...} -> the report. POST /predict -> answers. GET /healthz -> alive, its memory, its open files.
import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { setPriority } from 'node:os';
import { createPool, type Job, type Limits, type Row } from '#sandbox/index.ts';
import { REHEARSED } from '#tests/support/rehearsed.ts';

const limits = JSON.parse(process.env['LIMITS'] ?? '{}') as Partial<Limits>;
const lines: string[] = [];
if (process.env['NICENESS']) setPriority(Number(process.env['NICENESS']));
const pool = await createPool({ size: 2, ...REHEARSED, limits, log: (line) => lines.push(line) });

const server = createServer((request, response) => {
  const answer = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  handle(request).then(
    (value) => answer(200, value),
    (error: Error) => answer(500, { error: error.message }),
  );
});

async function handle(request: IncomingMessage): Promise<unknown> {
  if (request.url === '/run') {
    const job = JSON.parse(await textOf(request)) as Job;
    let progress = 0;
    const report = await pool.runJob(job, () => progress++).report;
    return { report, progress };
  }
  if (request.url === '/predict') {
    const { sessionId, rows } = JSON.parse(await textOf(request)) as { sessionId: string; rows: Row[] };
    return pool.predict(sessionId, rows).catch((error: Error) => ({ unavailable: error.message }));
  }
  if (request.url === '/forget') {
    await pool.forget(await textOf(request));
    return {};
  }
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  return { status: 'ok', rss: process.memoryUsage().rss, files, gaps: pool.gaps, stats: pool.stats(), lines };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
process.on('SIGTERM', () => {
  void pool.close().then(() => process.exit(0));
});
