// What leaves a session with hostile texts as a file: tables, the repository as bundle and as git remote, the replay, the log.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import papaparse from 'papaparse';
import { EXPORT_TABLES } from '#session-core/protocol/http-api/export-routes.ts';
import type { HostileSession } from './session.ts';

/** What a spreadsheet takes for a formula. */
const FORMULA = /^\s*[=+\-@\t\r]/;
/** Beside semicolons with a decimal comma. */
const NUMBER = /^-?\d+([.,]\d+)?(e[+-]?\d+)?$/i;

async function get(url: string, token: string): Promise<Response> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}

export async function faultsOfDocuments(url: string, session: HostileSession): Promise<string[]> {
  const at = `${url}/api/sessions/${session.sessionId}`;
  const { token } = session.facilitator;
  const faults: string[] = [];
  for (const table of EXPORT_TABLES) {
    JSON.parse(await (await get(`${at}/export/${table}.json`, token)).text());
    for (const [separator, delimiter] of [
      ['comma', ','],
      ['semicolon', ';'],
    ] as const) {
      const text = await (await get(`${at}/export/${table}.csv?separator=${separator}`, token)).text();
      const { data, errors } = papaparse.parse<string[]>(text.replace(/^\ufeff/, ''), {
        delimiter,
        skipEmptyLines: true,
      });
      const where = `${table}.csv, ${separator}`;
      faults.push(...errors.map(({ message }) => `${where}: ${message}`));
      const width = data[0]?.length ?? 0;
      if (data.some((row) => row.length !== width)) faults.push(`${where}: rows of different length`);
      for (const cell of data.flat())
        if (FORMULA.test(cell) && !NUMBER.test(cell)) faults.push(`${where}: a formula ${JSON.stringify(cell)}`);
    }
  }
  JSON.parse(await (await get(`${at}/replay`, token)).text());
  faults.push(...(await faultsOfRepository(url, session)));
  return faults;
}

async function faultsOfRepository(url: string, session: HostileSession): Promise<string[]> {
  const at = `${url}/api/sessions/${session.sessionId}`;
  const { token } = session.facilitator;
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' };
  const git = async (...argv: string[]) =>
    (await promisify(execFile)('git', argv, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  const faults: string[] = [];
  try {
    const bundle = join(folder, 'session.bundle');
    writeFileSync(bundle, Buffer.from(await (await get(`${at}/repository`, token)).arrayBuffer()));
    const made = await fetch(`${at}/clone-links`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    const link = ((await made.json()) as { url: string }).url.replace('localhost', '127.0.0.1');
    for (const [name, from] of [
      ['bundle', bundle],
      ['remote', link],
    ] as const) {
      const into = join(folder, name);
      await git('clone', '-q', from, into);
      await git('-C', into, 'fsck', '--strict');
      // Each commit has one subject, one author and no header that a text brought.
      const commits = (await git('-C', into, 'log', '--all', '--format=%x00%an%x01%ae%x01%s')).split('\0').slice(1);
      for (const commit of commits)
        if (commit.trim().split('\x01').length !== 3 || /[<>\n]/.test(commit.split('\x01')[0] ?? ''))
          faults.push(`${name}: a commit reads ${JSON.stringify(commit)}`);
      for (const path of readdirSync(into, { recursive: true, encoding: 'utf8' }))
        if (/[\p{Cc}\p{Cf}<>:"|?*\\]/u.test(path)) faults.push(`${name}: a file is called ${JSON.stringify(path)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return faults;
}

/** A log is JSON lines of ASCII control characters free text; no name and no text of anybody is in it. */
export function faultsOfLog(output: string, texts: readonly string[]): string[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  const faults = lines.flatMap((line) => {
    try {
      JSON.parse(line);
      return /"level":"error"/.test(line) ? [`log: ${line.slice(0, 300)}`] : [];
    } catch {
      return [`log: no JSON: ${line.slice(0, 200)}`];
    }
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are looked for
  if (/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069\u2028\u2029]/.test(output))
    faults.push('log: a control character');
  for (const text of texts)
    if (text.length > 12 && lines.some((line) => line.includes(JSON.stringify(text).slice(1, -1))))
      faults.push(`log: holds what somebody typed: ${JSON.stringify(text)}`);
  return faults;
}
