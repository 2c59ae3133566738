// `npm run serve` of an exported repository: `POST /predict` and a What-if page, answered by src/predict.ts with the model
// that the stages wrote last.
// Invariant: a row is checked as the session does it before the model sees it; nothing of the repository reaches the page as
// markup or script; only this machine is answered unless HOST says otherwise.
import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { serve as servePredictor } from '../guest/predictor.ts';
import { fixInputs } from '../guest/realm.ts';
import { seedOf } from '../workspace/stage-seed.ts';
import { hideGlobals } from './standalone-globals.ts';
import { fixLocale } from './standalone-locale.ts';
import { type Question, whatIfPage } from './standalone-what-if.ts';

const MOST_BYTES = 1_000_000;
const MOST_ROWS = 10_000;
const home = process.cwd();

type Row = Readonly<Record<string, string | number>>;
interface Reply {
  readonly status: number;
  readonly body: object;
}
const refused = (error: string, status = 400): Reply => ({ status, body: { error } });

function questionAt(): Question {
  const path = join(home, 'references/schema.json');
  if (!existsSync(path)) throw new Error('references/schema.json is not there: it says which columns a row has.');
  return JSON.parse(readFileSync(path, 'utf8')) as Question;
}

async function predictorOf({ classes }: Question): Promise<(rows: readonly Row[]) => Reply> {
  fixLocale();
  fixInputs(seedOf('predict'));
  hideGlobals();
  let predict: unknown;
  try {
    ({ predict } = (await import(pathToFileURL(join(home, 'src/predict.ts')).href)) as { predict?: unknown });
  } catch (error) {
    throw new Error(`src/predict.ts cannot be loaded: ${(error as Error).message}. Run \`npm start\` first.`);
  }
  servePredictor(predict, classes);
  const { __predict: ask } = globalThis as unknown as { __predict(rows: string): string };
  return (rows) => {
    const answer = JSON.parse(ask(JSON.stringify(rows))) as number[] | { error: string };
    if (!Array.isArray(answer)) return refused(answer.error.split('\n')[0] ?? '', 422);
    return { status: 200, body: { predictions: rows.map((_, i) => answerOf(answer, i, classes)) } };
  };
}

function answerOf(answer: readonly number[], i: number, classes: readonly string[]) {
  if (classes.length === 0) return { prediction: answer[i] };
  const shares = answer.slice(i * classes.length, (i + 1) * classes.length);
  const best = shares.reduce((found, share, k) => (share > shares[found]! ? k : found), 0);
  return {
    prediction: classes[best],
    probabilities: Object.fromEntries(classes.map((name, k) => [name, shares[k]])),
  };
}

/** The rows of a body `{row}` or `{rows}`, or what is wrong. */
function rowsOf(body: unknown, { forbidden, columns }: Question): readonly Row[] | string {
  const { row, rows } = (typeof body === 'object' && body !== null ? body : {}) as { row?: unknown; rows?: unknown };
  const list: unknown = rows ?? (row === undefined ? undefined : [row]);
  if (!Array.isArray(list)) return 'Send {"row": {...}} or {"rows": [{...}, ...]}.';
  if (list.length > MOST_ROWS) return `Send at most ${MOST_ROWS} rows at once.`;
  const known = new Set(columns.map(({ name }) => name));
  for (const one of list as unknown[]) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return 'A row is an object: column to value.';
    for (const [name, value] of Object.entries(one)) {
      if (forbidden.includes(name)) return `${name} is not known yet when a prediction is made.`;
      if (!known.has(name)) return `There is no column ${name}.`;
      if (typeof value !== 'string' && !(typeof value === 'number' && Number.isFinite(value)))
        return `${name} must be a number or a text.`;
    }
  }
  return list as readonly Row[];
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > MOST_BYTES) return null;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function predicted(request: IncomingMessage, question: Question, ask: (rows: readonly Row[]) => Reply) {
  const text = await bodyOf(request);
  if (text === null) return refused(`A body has at most ${MOST_BYTES} bytes.`, 413);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return refused('The body must be JSON.');
  }
  const rows = rowsOf(body, question);
  if (typeof rows === 'string') return refused(rows);
  const answer = ask(rows);
  const { predictions } = answer.body as { predictions?: readonly object[] };
  const isOne = predictions !== undefined && !Object.hasOwn(body as object, 'rows');
  return isOne ? { status: 200, body: predictions[0]! } : answer;
}

const question = questionAt();
const ask = await predictorOf(question);
const page = whatIfPage(question);

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/predict' && request.method === 'POST') {
    // A page of somebody else cannot send this type without asking first.
    const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
    const { status, body } = isJson
      ? await predicted(request, question, ask)
      : refused('Send the content type application/json.', 415);
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
    response.end(`${JSON.stringify(body)}\n`);
  } else if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) {
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `${page.policy}; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : page.html);
  } else {
    response.writeHead(404, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(`${JSON.stringify({ error: 'There are GET / and POST /predict.' })}\n`);
  }
}

const server = createServer((request, response) => {
  respond(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
const host = process.env['HOST'] ?? '127.0.0.1';
server.listen(Number(process.env['PORT'] ?? 8080), host, () => {
  const { port } = server.address() as { port: number };
  console.log(`The last model answers at http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
