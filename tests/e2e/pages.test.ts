// The security headers of each page: only our own scripts, no caching, no framing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { post } from '../simulation/participant.ts';
import { freePort } from '../support/server-process.ts';
import { type StoryProcess, startStoryProcess } from '../support/story-process.ts';
import { CREATE_KEY } from '../support/story-server.ts';

let server: StoryProcess;
let id: string;
let code: string;
beforeAll(async () => {
  server = await startStoryProcess({ port: await freePort(), env: { CREATE_TOKEN: CREATE_KEY } });
  const made = await post<{ sessionId: string; joinCode: string }>(`${server.url}/api/sessions`, {}, CREATE_KEY);
  [id, code] = [made.sessionId, made.joinCode];
});
afterAll(() => server.remove());

const pages = () => [
  '/',
  '/new',
  `/j/${code}`,
  ...['', '/drive', '/host', '/projector'].map((one) => `/s/${id}${one}`),
];

it('every page carries a policy with a nonce of its own, on every one of its scripts', async () => {
  const nonces = new Set<string>();
  for (const path of pages()) {
    const response = await fetch(server.url + path);
    const html = await response.text();
    expect([path, response.status]).toEqual([path, 200]);
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'self' 'nonce-([\w+/=]+)' 'strict-dynamic';/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBe(24);
    nonces.add(nonce);
    for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "worker-src 'self' blob:"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    const scripts = html.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/ on\w+="/);
  }
  expect(nonces.size).toBe(pages().length);
});

it('session pages are kept nowhere; what Next names by content is kept for ever', async () => {
  for (const path of pages()) {
    const { headers } = await fetch(server.url + path);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  }
  const html = await (await fetch(server.url)).text();
  const [chunk] = html.match(/\/_next\/static\/[\w./~-]+\.js/) ?? [];
  const { headers } = await fetch(server.url + chunk);
  expect(headers.get('cache-control')).toContain('immutable');
});

it('a page of no session is an answer, not a crash', async () => {
  expect((await fetch(`${server.url}/s/nope`)).status).toBeLessThan(500);
  expect((await fetch(`${server.url}/j/BBBBBB`)).status).toBe(404);
  expect((await fetch(`${server.url}/nothing/here`)).status).toBe(404);
  expect((await fetch(`${server.url}/%E0%A4%A`)).status).toBeLessThan(500);
});

it('a page believes no header of the browser, and a form that is too long is refused', async () => {
  const forged = encodeURIComponent(JSON.stringify({ session: { title: 'Forged', online: 1, displayName: 'x' } }));
  const page = await (await fetch(`${server.url}/j/BBBBBB`, { headers: { 'x-page-facts': forged } })).text();
  expect(page).not.toContain('Forged');
  const form = (displayName: string) =>
    fetch(`${server.url}/j/${code}`, {
      method: 'POST',
      // As a browser does that kept the cookie of the page with the form.
      headers: { cookie: 'cp_probe=1' },
      body: new URLSearchParams({ displayName }),
      redirect: 'manual',
    });
  expect((await form('x'.repeat(5000))).status).toBe(413);
  expect((await form('x'.repeat(50))).status).toBe(400);
  const joined = await form('Ana');
  expect([joined.status, joined.headers.get('location')]).toEqual([303, `/s/${id}`]);
  expect(joined.headers.get('set-cookie')).toContain(`cp_${id}=`);
});
