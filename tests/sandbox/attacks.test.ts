// The corpus of hostile programs, run against a server process from outside: each must get its verdict, and after
// each the server is up, gives nothing away, and runs an honest pipeline to the same numbers.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { errorText } from '#tests/support/report-text.ts';
import type { Attack, Verdict } from './attacks/attack.ts';
import { CHEATING } from './attacks/cheating.ts';
import { DENIAL } from './attacks/denial.ts';
import { DENIAL_BY_FILES } from './attacks/denial-files.ts';
import { DENIAL_BY_OUTPUT } from './attacks/denial-output.ts';
import { ESCAPE } from './attacks/escape.ts';
import { EXFILTRATION } from './attacks/exfiltration.ts';
import { LEAKS } from './attacks/leaks.ts';
import { ODD_CODE } from './attacks/odd-code.ts';
import { type Host, startHost } from './host-client.ts';
import { POINTS, SMALL } from './rig.ts';

const CANARY = 'CANARY-4f1d7c0b9e';
const MEMORY_MB = 256;
const DATA = { 'data/raw/points.csv': POINTS };
const GROUPS: Record<string, readonly Attack[]> = {
  ESCAPE: [...ESCAPE, ...ODD_CODE],
  EXFILTRATION,
  DENIAL: [...DENIAL, ...DENIAL_BY_OUTPUT, ...DENIAL_BY_FILES],
  LEAKS,
  CHEATING,
};

let host: Host;
let secrets: string;
let honest: RunReport;

beforeAll(async () => {
  secrets = mkdtempSync(join(tmpdir(), 'canary-'));
  writeFileSync(join(secrets, 'secret.txt'), CANARY);
  host = await startHost({ stageMs: 1_000, runMs: 2_000, memoryMb: MEMORY_MB }, { CANARY });
  honest = await runHonest();
  expect(honest.metrics).toEqual({ 'cv.rmse': 2 });
});
afterAll(async () => {
  await host.close();
  rmSync(secrets, { recursive: true, force: true });
});

/** What ends by itself may take its time on a machine under load; only what must be stopped gets the short clocks. */
const PATIENT = { stageMs: 10_000, runMs: 20_000 };

async function runHonest(): Promise<RunReport> {
  const job = { files: SMALL, data: DATA, sessionId: 'honest', force: ['prepare', 'evaluate'], limits: PATIENT };
  const report = await host.run(job);
  expect(report.error).toBeUndefined();
  return report;
}

async function suffer(attack: Attack): Promise<void> {
  const place = (text: string): string => text.replaceAll('CANARY_FILE', join(secrets, 'secret.txt'));
  const files = (of: Attack['files']) =>
    Object.fromEntries(Object.entries(of).map(([path, text]) => [path, place(text)]));
  const sessionId = attack.name.replaceAll(/\W+/g, '-');
  const mayStop = 'stopped' in attack.verdict || 'orStopped' in attack.verdict;
  const job = { data: DATA, sessionId, ...(mayStop ? {} : { limits: PATIENT }) };
  let report = await host.run({ ...job, ...attack.extra, files: files(attack.files) });
  if (attack.again !== undefined) report = await host.run({ ...job, files: files(attack.again) });
  judge(report, attack.verdict);
  const text = JSON.stringify(report);
  expect(text).not.toContain(CANARY);
  expect(text).not.toContain('HOLDOUT-ROW-CANARY');
  expect(text).not.toContain('7777777');
  // Whatever is in it, a report is no larger than a phone should load.
  expect(text.length).toBeLessThan(400_000);
  expect(text).not.toMatch(/root:x:|node_modules|child\.mjs|guest\.js|isolated-vm boundary/);
  await host.forget(sessionId);
  expect((await host.health()).status).toBe('ok');
  const after = await runHonest();
  expect(after.metrics).toEqual(honest.metrics);
  expect(after.outsKey).toBe(honest.outsKey);
}

function judge(report: RunReport, verdict: Verdict): void {
  const log = report.log.map((line) => line.text).join('\n');
  const seen = { status: report.status, error: report.error, log: log.slice(0, 500), findings: report.findings };
  const byLimit = report.error?.kind === 'limit';
  if ('refused' in verdict && !('orStopped' in verdict && byLimit)) {
    expect(seen).toMatchObject({ status: 'failed', error: { kind: 'user' } });
    expect(errorText(report.error)).toMatch(verdict.refused);
  } else if ('stopped' in verdict || 'refused' in verdict) {
    expect(seen).toMatchObject({ status: 'failed', error: { kind: 'limit' } });
    expect(errorText(report.error)).toMatch(
      /took longer than|used more than|ended its process|sent more data than|wrote more than/,
    );
  } else if ('harmless' in verdict) {
    expect(seen).toMatchObject({ status: 'succeeded' });
    expect(log).toMatch(verdict.harmless);
  } else {
    expect(seen).toMatchObject({ status: 'succeeded' });
    expect(report.findings.map((found) => found.code)).toContain(verdict.finding);
  }
}

it('the corpus is large, and every attack says what it tries', () => {
  const all = Object.values(GROUPS).flat();
  expect(all.length).toBeGreaterThanOrEqual(80);
  expect(all.every((attack) => attack.tries.length > 5)).toBe(true);
  expect(new Set(all.map((attack) => attack.name)).size).toBe(all.length);
});

// Two at a time: as many as the host runs.
describe.each(Object.entries(GROUPS))('%s', (_group, attacks) => {
  it.concurrent.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (_name, attack) => {
    await suffer(attack);
  });
});

describe('afterwards, from outside', () => {
  it('no child was ever larger than its limit and 128 MiB', () => {
    expect(host.peakMb()).toBeLessThanOrEqual(MEMORY_MB + 128);
  });

  it('only warm children are left, no dead ones, no files beside the cache of the honest session', async () => {
    // Both places are filled again; the honest session's predictor waits for a question.
    await expect
      .poll(async () => ({ ...(await host.health()).stats, children: host.children().length }))
      .toEqual({ running: 0, queued: 0, warm: 2, predictors: 1, children: process.platform === 'linux' ? 3 : 0 });
    const { lines } = await host.health();
    expect(readdirSync(host.home)).toEqual(['honest']);
    expect(readdirSync(join(host.home, 'honest/aside'))).toEqual([]);
    expect(lines.join('\n')).not.toContain(CANARY);
  });
});
