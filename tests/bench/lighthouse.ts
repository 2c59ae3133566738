// `npm run bench:lighthouse`: what Lighthouse says of the page to join and of a session's page on its slow phone, with a
// session of simulated people going on. Lighthouse is installed into a folder of its own when it is first asked for, so
// that nobody else has to; it needs nothing from elsewhere while it measures. The last line is JSON; with --check it exits
// with 1 where a goal is missed.
// Usage: npm run bench:lighthouse -- [--people 20] [--check]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { joinCrowd } from '../simulation/crowd.ts';
import { drive } from '../simulation/driver.ts';
import { facilitate, joinAs, post } from '../simulation/participant.ts';
import { chromiumPath, withoutBrowser } from '../support/browser.ts';
import { startServer } from '../support/server-process.ts';

const VERSION = '12.8.2';
const FOLDER = join(import.meta.dirname, '../../.runtime/lighthouse');
const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;

const { values } = parseArgs({
  options: { people: { type: 'string', default: '20' }, check: { type: 'boolean', default: false } },
});
if (withoutBrowser()) process.exit(0);

interface Report {
  readonly lhr: {
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
    readonly audits: Readonly<Record<string, { readonly title: string; readonly score: number | null }>>;
  };
}
type Lighthouse = (url: string, options: object) => Promise<Report | undefined>;
interface Chrome {
  readonly port: number;
  kill(): void;
}

const installed = join(FOLDER, 'node_modules');
if (!existsSync(join(installed, `lighthouse/package.json`))) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{"private":true}\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync('npm', ['install', ...flags, `lighthouse@${VERSION}`], { cwd: FOLDER, stdio: 'inherit' });
  if (done.status !== 0) process.exit(1);
}
const { default: lighthouse } = (await import(join(installed, 'lighthouse/core/index.js'))) as { default: Lighthouse };
const { launch } = (await import(join(installed, 'chrome-launcher/dist/index.js'))) as {
  launch: (options: object) => Promise<Chrome>;
};

interface Made {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly facilitatorSecret: string;
}
const server = await startServer();
const made = await post<Made>(`${server.url}/api/sessions`, { title: 'Phones', reusableLink: true });
const facilitator = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
const crowd = await joinCrowd(server.url, made.joinCode, { size: Number(values.people), seed: 7 });
const driver = await drive(server.url, { facilitator, person: crowd.people[0]!, tally: crowd.tally, everyMs: 9_000 });
await facilitator.until(
  ({ suggestions, runs }) =>
    Object.keys(suggestions).length >= 5 && Object.values(runs).some(({ status }) => status === 'succeeded'),
  120_000,
);
const person = await joinAs(server.url, made.joinCode, 'Phone');
person.close();
const chrome = await launch({
  chromePath: chromiumPath,
  chromeFlags: ['--headless', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
const results: { page: string; category: string; score: number; least: number }[] = [];
try {
  await look('join page', `${server.url}/j/${made.joinCode}`, {});
  await look('session page', `${server.url}/s/${made.sessionId}`, { Cookie: `cp_${made.sessionId}=${person.token}` });
} finally {
  chrome.kill();
  driver.stop();
  crowd.stop();
  facilitator.close();
  await server.remove();
}
const missed = results.filter(({ score, least }) => score < least).length;
console.log(JSON.stringify({ lighthouse: VERSION, results, missed }));
process.exit(values.check && missed > 0 ? 1 : 0);

async function look(page: string, url: string, extraHeaders: Readonly<Record<string, string>>): Promise<void> {
  const options = { port: chrome.port, logLevel: 'error', onlyCategories: Object.keys(GOALS), extraHeaders };
  const report = await lighthouse(url, options);
  if (!report) throw new Error(`Lighthouse says nothing of ${url}.`);
  const { categories, audits } = report.lhr;
  for (const [category, least] of Object.entries(GOALS)) {
    const score = Math.round(100 * (categories[category]?.score ?? 0));
    results.push({ page, category, score, least });
    console.log(`${score >= least ? 'ok  ' : 'MISS'} ${`${page}: ${category}`.padEnd(40)} ${score} (goal ${least})`);
  }
  for (const { title, score } of Object.values(audits))
    if (score !== null && score < 0.9) console.log(`       ${Math.round(100 * score)} ${title}`);
}
