// What a phone fetches before the session's page is whole: a budget in bytes, so that no change makes it slower unseen.
// The numbers are today's with a little room; whoever saves some lowers them. The goal for scripts is 180 kB.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { de } from '#app/_strings/de/index.ts';
import { en } from '#app/_strings/en/index.ts';
import { fr } from '#app/_strings/fr/index.ts';
import { joinAs, post } from '../simulation/participant.ts';
import { freePort } from '../support/server-process.ts';
import { type StoryProcess, startStoryProcess } from '../support/story-process.ts';
import { CREATE_KEY } from '../support/story-server.ts';

const MOST = { scripts: 182_000, scriptsBrotli: 157_500, styles: 16_600, page: 24_000 };

let server: StoryProcess;
let html = '';
let joinPage = '';
beforeAll(async () => {
  server = await startStoryProcess({ port: await freePort(), env: { CREATE_TOKEN: CREATE_KEY } });
  const { sessionId, joinCode } = await post<{ sessionId: string; joinCode: string }>(
    `${server.url}/api/sessions`,
    { title: 'Weight' },
    CREATE_KEY,
  );
  const { token, close } = await joinAs(server.url, joinCode, 'Phone');
  close();
  const answer = await fetch(`${server.url}/s/${sessionId}`, { headers: { cookie: `cp_${sessionId}=${token}` } });
  expect(answer.status).toBe(200);
  html = await answer.text();
  joinPage = await (await fetch(`${server.url}/j/${joinCode}`)).text();
});
afterAll(() => server.remove());

/** The files that the page names, without those that only old browsers fetch. */
const named = (pattern: RegExp) => [...new Set([...html.matchAll(pattern)].map(([, path = '']) => path))];
const fetched = async (paths: readonly string[], encoding: string) => {
  const files = await Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(server.url + path, { headers: { 'accept-encoding': encoding } });
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, encoding]);
      return { wire: Number(answer.headers.get('content-length')), zipped: gzipSync(await answer.text()).length };
    }),
  );
  return { wire: sum(files.map(({ wire }) => wire)), zipped: sum(files.map(({ zipped }) => zipped)) };
};
const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

it('keeps the scripts of the page within their budget, compressed by the build', async () => {
  const modern = html.replace(/<script[^>]*noModule[^>]*>/gi, '');
  html = modern;
  // The strings of the page's language are only named for loading ahead.
  const scripts = named(/<(?:script[^>]* src|link rel="preload"[^>]* href)="(\/_next\/[^"]+\.js)[^"]*"/g);
  expect(scripts.length).toBeGreaterThan(3);
  const { wire, zipped } = await fetched(scripts, 'br');
  expect(zipped).toBeLessThanOrEqual(MOST.scripts);
  expect(wire).toBeLessThanOrEqual(MOST.scriptsBrotli);
  expect((await fetched(scripts, 'gzip')).wire).toBeLessThanOrEqual(MOST.scripts);
});

it('keeps the page and its styles within theirs', async () => {
  const styles = named(/<link rel="stylesheet" href="(\/_next\/[^"]+\.css)[^"]*"/g);
  expect(styles.length).toBeGreaterThan(0);
  expect((await fetched(styles, 'br')).zipped).toBeLessThanOrEqual(MOST.styles);
  expect(gzipSync(html).length).toBeLessThanOrEqual(MOST.page);
});

it('names on the page for joining each file that the session will ask for, so that it is there at the tap', () => {
  const files = (page: string) => new Set(page.match(/\/_next\/static\/[\w./~-]+\.(?:js|css)/g));
  const ahead = files(joinPage);
  const wanted = [...files(html.replace(/<script[^>]*noModule[^>]*>/gi, ''))];
  expect(wanted.filter((file) => !ahead.has(file))).toEqual([]);
  // It loads none of them with its own.
  const own = files(joinPage.replace(/<script[^>]*>self\.__next_f.*?<\/script>/gs, ''));
  expect(wanted.filter((file) => !own.has(file)).length).toBeGreaterThan(5);
});

it.each(['de', 'en', 'fr'])(
  'brings the strings of the language that the browser asks for (%s), and of no other',
  async (language) => {
    const page = await (await fetch(server.url, { headers: { 'accept-language': language } })).text();
    expect(page).toContain(`<html lang="${language}"`);
    const paths = [...new Set([...page.matchAll(/\/_next\/static\/[\w./~-]+\.js/g)].map(([path]) => path))];
    const scripts = (await Promise.all(paths.map(async (path) => (await fetch(server.url + path)).text()))).join('\n');
    const brought = [de, en, fr].filter(({ now, rejections }) =>
      [now.noDriver, rejections.removed({})].some((sentence) => scripts.includes(sentence)),
    );
    expect(brought.map(({ lang }) => lang)).toEqual([language]);
  },
);
