// The app under a path of a host: through nginx that takes the path off, and at the server itself, as behind a proxy that
// passes it on. All surfaces, and nothing is asked for outside of the path.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAPTOP, PHONE, withoutBrowser } from '../support/browser.ts';
import { isInstalled, startProxy } from '../support/real-proxy.ts';
import { freePort } from '../support/server-process.ts';
import { openStory, type Story, scoreOn, suggest, typeAt } from './story.ts';

const PATH = '/workshops/crowd';

describe.skipIf(withoutBrowser() || !isInstalled('nginx'))('under a path', () => {
  let story: Story;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let url = '';
  const outside: string[] = [];
  beforeAll(async () => {
    const [port, server] = [await freePort(), await freePort()];
    url = `http://crowd.test:${port}${PATH}`;
    story = await openStory('Under a path', { proxy: { url, port: server }, proxies: 1, failsRequests: false });
    const under = { path: PATH, keeps: false };
    proxy = await startProxy('nginx', { host: 'crowd.test', port, server, under });
    story.browser.on('context', (context) =>
      context.on('request', (request) => {
        const { pathname, protocol } = new URL(request.url());
        if (/^(http|ws)/.test(protocol) && !`${pathname}/`.startsWith(`${PATH}/`)) outside.push(request.url());
      }),
    );
  });
  afterAll(async () => {
    await story?.close();
    await proxy?.close();
  });

  it('joins by code, drives, suggests, shows, replays and clones', async () => {
    const { page: drive } = await story.drive(`${story.server.url}${PATH}`);
    await drive.getByRole('tab', { name: 'README.md', exact: true }).click();
    await typeAt(drive, 1, ' here');
    await drive.getByText('Saved', { exact: true }).waitFor();

    const { page: host } = await story.host();
    expect(new URL(host.url()).pathname).toBe(`${PATH}/s/${story.made.sessionId}/host`);

    // The way of whoever types the code: home page, join page, session.
    const { page } = await story.visitor(PHONE);
    await page.goto(url);
    await page.getByLabel('Session code').fill(story.made.joinCode);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL(`${url}/j/${story.made.joinCode}`);
    await page.getByRole('button', { name: 'Join the session' }).click();
    await page.waitForURL(`${url}/s/${story.made.sessionId}`);
    await page.getByRole('button', { name: 'Suggest' }).first().waitFor();
    await expect.poll(() => scoreOn(page)).toBeGreaterThan(0);
    await suggest(page, 'Count the absences in weeks');
    await host.getByRole('article').getByText('Count the absences in weeks').waitFor();
    await page.goto(`${page.url()}?language=de`);
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('de');
    expect(page.url()).toBe(`${url}/s/${story.made.sessionId}`);

    const projector = await story.beside({ ...(await story.visitor(LAPTOP)) }, '/projector', url);
    await projector
      .getByText(`${new URL(url).host}${PATH}`)
      .first()
      .waitFor();
    await projector.goto(`${url}/s/${story.made.sessionId}/summary`);
    await projector.getByRole('link', { name: 'Watch the replay' }).first().click();
    await projector.getByRole('region', { name: 'Replay' }).waitFor();
    expect(new URL(projector.url()).pathname).toBe(`${PATH}/s/${story.made.sessionId}/replay`);

    const here = `${story.server.url}${PATH}`;
    expect((await page.request.get(`${here}/nowhere`)).status()).toBe(404);
    const slash = await page.request.get(`${here}/new/`, { maxRedirects: 0 });
    expect([slash.status(), slash.headers()['location']]).toEqual([308, `${PATH}/new`]);
    expect(outside, 'requests outside of the path').toEqual([]);
  });
});
