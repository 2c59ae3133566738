// Requests to every route with damaged parts, and bytes that are no HTTP at all.
import http from 'node:http';
import { connect } from 'node:net';
import type { Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';
import { flatsCsv } from '../../support/odd-tables.ts';
import type { Random } from '../../support/seeded.ts';
import { damagedBytes, damagedText, damagedValue, oddValue } from './mutate.ts';
import type { Target } from './sockets.ts';

/** What would end the session for the others, or fill the machine. */
const LEFT_OUT = ['deleteSession', 'getMetrics'];
const NAMED: readonly (readonly [string, Route])[] = Object.entries<Route>(ROUTES).filter(
  ([name]) => !LEFT_OUT.includes(name),
);
const BODIES: Readonly<Record<string, object>> = {
  createSession: { title: 'Fuzz', approveFirst: true, holdout: 'shown' },
  join: { code: 'BCDFGH', displayName: 'Fuzz' },
  becomeFacilitator: { secret: 'x'.repeat(22) },
  predict: { row: { age: 17, school: 'GP' } },
  evaluate: { code: 'df.groupby(["school"]).mean()' },
  proposeTask: { target: 'Preis' },
};

/** Status of the answer; 0: the connection was closed without one. */
export async function fuzzHttp(
  random: Random,
  target: Target,
): Promise<{ readonly name: string; readonly status: number }> {
  if (random.chance(0.05)) return { name: 'garbage', status: await sendGarbage(random, target) };
  const [name, route] = random.one(NAMED);
  const filled = route.path.replace(/:(\w+)/g, (_, part: string) =>
    random.chance(0.2)
      ? encodeURIComponent(String(oddValue(random, 9)).slice(0, 200).toWellFormed()).replaceAll('%EF%BF%BD', '')
      : ({ id: target.sessionId, run: random.one(['1', 'r1', 'r2', '99']), before: '1', after: '2' }[part] ??
        'runs.csv'),
  );
  const query = random.chance(0.3)
    ? `?${random.one(['x', 'limit', 'offset', 'column', 'separator', 'sort'])}=${encodeURIComponent(String(random.below(99)))}${random.one(['', '&__proto__=1', '&%'])}`
    : '';
  const body = Object.hasOwn(BODIES, name) ? damagedValue(random, BODIES[name]) : oddValue(random);
  let sent: string | Uint8Array = JSON.stringify(body) ?? '';
  if (random.chance(0.2)) sent = damagedBytes(random, new TextEncoder().encode(sent));
  if (name === 'uploadTable') sent = new TextEncoder().encode(damagedText(random, flatsCsv(60)));
  const method = random.chance(0.1) ? random.one(['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'POST', 'GET']) : route.method;
  const headers = {
    ...(random.chance(0.9) ? { authorization: `Bearer ${random.one([...target.tokens, target.hostToken, 'x'])}` } : {}),
    ...(random.chance(0.8) ? { origin: target.url } : {}),
    ...(random.chance(0.1) ? { cookie: `cp_${target.sessionId}=${'x'.repeat(random.below(300))}` } : {}),
    ...(random.chance(0.1) ? { 'if-none-match': 'W/"x", *', 'accept-encoding': 'br;q=x, gzip' } : {}),
    ...(random.chance(0.1) ? { accept: 'text/html' } : {}),
    'content-type': random.one(['application/json', 'text/csv', 'multipart/form-data; boundary=x', '']),
  };
  const path = `${filled}${query}`.replace(/[^\x21-\x7e]/g, '');
  // The session must go on for everybody else.
  if (method === 'DELETE' && filled === `/api/sessions/${target.sessionId}`) return { name, status: 0 };
  return {
    name,
    status: await send(target, { method, path, headers }, method === 'GET' || method === 'HEAD' ? '' : sent),
  };
}

function send(
  { url }: Target,
  options: { readonly method: string; readonly path: string; readonly headers: http.OutgoingHttpHeaders },
  body: string | Uint8Array,
): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    const request = http.request({ hostname, port, agent: false, timeout: 30_000, ...options }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 0));
      response.on('error', () => done(0));
    });
    request.on('error', () => done(0));
    request.on('timeout', () => request.destroy());
    request.end(body);
  });
}

function sendGarbage(random: Random, { url }: Target): Promise<number> {
  const { hostname, port } = new URL(url);
  const whole = `POST /api/join HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"code":1}`;
  return new Promise((done) => {
    const socket = connect(Number(port), hostname, () =>
      socket.end(damagedBytes(random, new TextEncoder().encode(whole))),
    );
    socket.setTimeout(5_000, () => socket.destroy());
    socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => done(0));
  });
}
