// The documents agree with the repository: links lead somewhere, and one version of Node is named everywhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { WORKER_SETTINGS } from '#sandbox/worker/settings.ts';
import { withTables } from '#scripts/docs/tables.ts';
import { readConfig, SETTINGS } from '#server/platform/config.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';
import { CLOSE_CODES } from '#session-core/protocol/messages-for-programs.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const documents = globSync(
  '{*,.github/**/*,{app,docs,pipeline-core,sandbox,scripts,server,session-core,tests}/**/*}.md',
  {
    cwd: ROOT,
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/.tmp/**'],
  },
);

describe('links', () => {
  it.each(documents)('every relative link of %s leads to a file or folder', (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const dead = targets
      .filter((target) => !/^(https?:|mailto:|#)/.test(target))
      .filter((target) => !existsSync(join(ROOT, dirname(document), target.split('#')[0] ?? '')));
    expect(dead).toEqual([]);
  });
});

describe('Node', () => {
  const setup = read('scripts/set-up.mjs');
  const fetched = /^const NODE = '(\d+\.\d+\.\d+)';$/m.exec(setup)?.[1] ?? '';

  it('.node-version is the version that the setup fetches', () => {
    expect(read('.node-version')).toBe(`${fetched}\n`);
  });

  it('engines names the versions that the setup runs with, and the fetched one is among them', () => {
    const [, major, minor] = /major === (\d+) && minor >= (\d+)/.exec(setup) ?? [];
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${major}.${minor} <${Number(major) + 1}`);
    expect(fetched.startsWith(`${major}.`) && Number(fetched.split('.')[1]) >= Number(minor)).toBe(true);
  });
});

describe('settings', () => {
  const settings = { ...SETTINGS, ...WORKER_SETTINGS };
  const variables = Object.entries(settings).map(([name, fallback]) => [name, fallback ?? '']);
  const example = read('.env.example');

  it('.env.example lists every setting with its default, each switched off and explained', () => {
    expect([...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value])).toEqual(variables);
    expect(parseEnv(example)).toEqual({});
    for (const [name] of variables) expect(example).toMatch(new RegExp(`\\n# .+\\n#${name}=`));
  });

  it('with every line switched on, it means what no settings mean', () => {
    const on = parseEnv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
    expect(Object.keys(on).sort()).toEqual(Object.keys(settings).sort());
    expect(readConfig([], on)).toEqual(readConfig([], {}));
  });

  it('the README lists the same settings with the same defaults', () => {
    const rows = [...read('README.md').matchAll(/^\| `([A-Z_]+)` +\| (?:`([^`]+)`|unset) +\|/gm)];
    expect(rows.map(([, name, fallback]) => [name, fallback ?? ''])).toEqual(variables);
  });
});

describe('the tables of the README', () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  it('are those of the contract (stale? run `npm run docs`)', () => {
    expect(withTables(text)).toBe(text);
  });
  it('hold every route and every close code', () => {
    for (const { method, path } of Object.values(ROUTES)) expect(text).toContain(`| \`${method} ${path}`);
    for (const { code } of CLOSE_CODES) expect(text).toMatch(new RegExp(`^\\| ${code} `, 'm'));
  });
  it('are refused where a mark names none', () => {
    expect(() => withTables('<!-- made by npm run docs: tides -->\n\n<!-- end -->')).toThrow(
      'there is no table "tides"',
    );
  });
});
