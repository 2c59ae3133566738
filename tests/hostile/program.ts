// `npm run hostile-strings`: sixty hostile texts through every input of a session, to every screen in a real browser and to
// every export, log, bundle and git remote. Ten at a time, a session each, with a run that prints and throws one of them;
// then a table whose columns are called so. `--only 30` begins at that one. Exits 1 where anything is wrong.
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { LAPTOP, launchBrowser, PHONE, withoutBrowser } from '../support/browser.ts';
import { startServer } from '../support/server-process.ts';
import { faultsOfDocuments, faultsOfLog } from './documents.ts';
import { fillSession, hostileCsv, makeSession, runHostile } from './session.ts';
import { HOSTILE_STRINGS } from './strings.ts';
import { openAt, participantSteps, walk, walkAll } from './walk.ts';

const EACH = 10;
const { values } = parseArgs({ options: { only: { type: 'string' } } });
if (withoutBrowser()) process.exit(0);
const KEY = 'create-token-of-hostile-strings';
const server = await startServer({ patienceMs: 600_000, env: { LOG_LEVEL: 'info', CREATE_TOKEN: KEY } });
const browser = await launchBrowser();
const faults: string[] = [];
const found = (more: readonly string[]) => {
  for (const fault of more) if (!faults.includes(fault)) console.log(`FAULT ${fault}`);
  faults.push(...more);
};
const typed: string[] = [];
try {
  const from = Number(values.only ?? 0);
  const to = values.only === undefined ? HOSTILE_STRINGS.length : from + EACH;
  for (let at = from; at < to; at += EACH) {
    const strings = HOSTILE_STRINGS.slice(at, at + EACH);
    const session = await fillSession(server.url, await makeSession(server.url, KEY), strings);
    await runHostile(session, strings.at(-1) ?? '');
    found(await walkAll({ url: server.url, browser, texts: session.texts }, session));
    found(await faultsOfDocuments(server.url, session));
    typed.push(...strings);
    session.close();
    console.log(`strings ${at + 1} to ${at + strings.length}: ${faults.length} faults so far`);
  }
  if (values.only === undefined) found(await ownTables());
  found(await addresses());
  found(faultsOfLog(server.output(), typed));
} finally {
  await browser.close();
  await server.remove();
}
console.log(JSON.stringify({ strings: HOSTILE_STRINGS.length, faults: faults.length }));
process.exit(faults.length === 0 ? 0 : 1);

/** As a facilitator brings it: the page of a new session, then the session. */
async function ownTables(): Promise<string[]> {
  const url = server.url;
  const csv = Buffer.from(hostileCsv(HOSTILE_STRINGS));
  const bring = async (page: Page) => {
    await page.goto(`${url}/new#${KEY}`);
    await page.getByRole('radio', { name: /^Your own table/ }).check();
    await page.locator('input[type=file]').setInputFiles({ name: '=1+1 <b>.csv', mimeType: 'text/csv', buffer: csv });
    await page.getByText('60 rows').first().waitFor();
    await page.getByLabel('What is to be predicted?').selectOption({ index: 1 });
    await page.waitForLoadState('networkidle');
  };
  const target = { url, browser, texts: () => HOSTILE_STRINGS };
  const looked = [
    ...(await walk(target, PHONE, { token: null, steps: [['own table', bring]] })),
    ...(await walk(target, LAPTOP, { token: null, steps: [['own table', bring]] })),
  ];
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/octet-stream' };
  const sent = await fetch(`${url}/api/tables`, { method: 'POST', headers, body: csv });
  const { id } = (await sent.json()) as { id: string };
  const task = { target: 'target', kind: 'regression', measure: 'rmse', unit: '', forbidden: [], inRepository: true };
  const made = await makeSession(url, KEY, { table: { id, dataset: 'table.csv', ...task } });
  const session = await fillSession(url, made, HOSTILE_STRINGS.slice(0, 2));
  await session.facilitator.until((view) => Object.values(view.runs).some(({ endedAt }) => endedAt), 90_000);
  const token = session.people[0]?.token ?? null;
  const texts = () => [...HOSTILE_STRINGS, ...session.texts()];
  looked.push(...(await walk({ ...target, texts }, PHONE, { token, steps: participantSteps(url, session) }, session)));
  looked.push(...(await faultsOfDocuments(url, session)));
  session.close();
  return looked;
}

/** Texts in addresses: a session, a join code, a tab, a language that are none. */
async function addresses(): Promise<string[]> {
  const target = { url: server.url, browser, texts: () => [] };
  const steps = HOSTILE_STRINGS.flatMap((text) => {
    const part = encodeURIComponent(text.toWellFormed());
    return [`/s/${part}`, `/j?code=${part}`, `/?language=${part}&tab=${part}`].map(
      (path) => [path, openAt(server.url + path)] as const,
    );
  });
  const seen = await walk(target, PHONE, { token: null, steps });
  // The browser says of each page that is none that it is none.
  return seen.filter((fault) => !/console: Failed to load resource: .* (404|400|429) /.test(fault));
}
