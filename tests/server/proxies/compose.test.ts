// The files of deploy/ for Docker, read as Compose reads them: what they set is what the programs read, and would start with.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readWorkerSettings, WORKER_SETTINGS } from '#sandbox/worker/settings.ts';
import { readConfig, SETTINGS } from '#server/platform/config.ts';
import { withoutHaproxy } from '../../support/haproxy.ts';

interface Service {
  readonly image?: string;
  readonly command?: string | string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}
const SECRETS = {
  CROWD_HOST: 'crowd.example.org',
  CREATE_TOKEN: 'a-create-token-of-the-test',
  CLUSTER_SECRET: 'a-secret-of-the-nodes',
  WORKER_SECRET: 'a-secret-of-the-workers',
  POSTGRES_PASSWORD: 'letters8',
};
const deployed = (name: string) => readFileSync(new URL(`../../../deploy/${name}`, import.meta.url), 'utf8');
/** With the variables that its head names in place, and none that it does not. */
function composed(name: string): Compose {
  const text = deployed(name).replace(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_, variable: string) => {
    const value = SECRETS[variable as keyof typeof SECRETS];
    if (value === undefined) throw new Error(`${name} reads ${variable}, which nobody is asked to set`);
    return value;
  });
  return parse(text, { merge: true }) as Compose;
}
/** The image sets these for every service that is built. */
const IMAGE = Object.fromEntries(
  [...(/^ENV (.+)$/m.exec(deployed('Dockerfile'))?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [
    name,
    value,
  ]),
);
const names = (dependsOn: Service['depends_on'] = []) =>
  Array.isArray(dependsOn) ? dependsOn : Object.keys(dependsOn);

describe.each(['compose.yml', 'compose.nodes.yml'])('%s', (file) => {
  const { services, networks = {}, volumes = {} } = composed(file);

  it('names only services, networks and volumes that it has', () => {
    for (const service of Object.values(services)) {
      for (const other of names(service.depends_on)) expect(Object.keys(services)).toContain(other);
      for (const network of service.networks ?? []) expect(['default', ...Object.keys(networks)]).toContain(network);
      for (const volume of (service.volumes ?? []).map((one) => one.split(':')[0]!).filter((one) => /^\w/.test(one)))
        expect(Object.keys(volumes)).toContain(volume);
    }
  });

  it('starts servers with settings that they read and accept', () => {
    const servers = Object.entries(services).filter(([name]) => /^(crowd|node\d)$/.test(name));
    expect(servers.length).toBe(file === 'compose.yml' ? 1 : 2);
    for (const [name, { environment = {} }] of servers) {
      for (const setting of Object.keys(environment)) expect(Object.keys(SETTINGS)).toContain(setting);
      const read = readConfig([], { ...IMAGE, ...environment });
      expect(read).toMatchObject({ ok: true, config: { publicUrl: 'https://crowd.example.org', host: '0.0.0.0' } });
      if (!read.ok || file === 'compose.yml') continue;
      expect(read.config.cluster).toMatchObject({ url: `http://${name}:3000`, workerSecret: SECRETS.WORKER_SECRET });
      // Both proxies say whom they saw.
      expect(read.config.trustProxy).toBe(['caddy', 'haproxy'].filter((proxy) => proxy in services).length);
      const { hostname, username, password, pathname } = new URL(read.config.cluster!.databaseUrl);
      expect([hostname, username, password, pathname.slice(1)]).toEqual([
        'postgres',
        services['postgres']!.environment!['POSTGRES_USER'],
        services['postgres']!.environment!['POSTGRES_PASSWORD'],
        services['postgres']!.environment!['POSTGRES_USER'],
      ]);
    }
  });
});

describe('several nodes', () => {
  const { services } = composed('compose.nodes.yml');

  it('are Postgres, two nodes, a worker, HAProxy and Caddy, of which only Caddy is reached from outside', () => {
    expect(Object.keys(services).sort()).toEqual(['caddy', 'haproxy', 'node1', 'node2', 'postgres', 'worker']);
    expect(Object.keys(services).filter((name) => services[name]!.ports)).toEqual(['caddy']);
    expect(services['postgres']!.environment!['POSTGRES_INITDB_ARGS']).toContain('--data-checksums');
  });

  it('have a worker that knows them and no more, beside no database', () => {
    const { environment = {}, networks, command } = services['worker']!;
    expect(Object.keys(environment).every((name) => name in WORKER_SETTINGS)).toBe(true);
    const urls = ['node1', 'node2'].map((node) => services[node]!.environment!['NODE_URL']);
    expect(readWorkerSettings(environment)).toMatchObject({
      ok: true,
      settings: { nodes: urls, secret: services['node1']!.environment!['WORKER_SECRET'] },
    });
    expect(networks).toEqual(['runs']);
    expect(services['postgres']!.networks).toBeUndefined();
    expect(command).toContain('sandbox/worker-main.ts');
  });

  it.skipIf(withoutHaproxy())('are behind a HAProxy whose configuration it takes as it is changed there', () => {
    const [, , script] = services['haproxy']!.command as string[];
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    try {
      writeFileSync(join(folder, 'haproxy.cfg'), deployed('haproxy.cfg'));
      // All of it but the start: names are looked up by Docker's own server of names, so they need not be known here.
      const made = script!
        .replace('/etc/haproxy.cfg', join(folder, 'haproxy.cfg'))
        .replaceAll('/tmp/haproxy.cfg', join(folder, 'made.cfg'))
        .replace(/&& exec haproxy .*$/, '');
      execFileSync('sh', ['-c', made]);
      const config = readFileSync(join(folder, 'made.cfg'), 'utf8');
      for (const wanted of ['bind *:8080', 'server node1 node1:3000', 'server node2 node2:3000', 'resolvers docker'])
        expect(config).toContain(wanted);
      expect(config.replace(/#.*|127\.0\.0\.11/g, '')).not.toContain('127.0.0.1');
      const PATH = `${process.env['PATH']}:/usr/sbin`;
      execFileSync('haproxy', ['-c', '-f', join(folder, 'made.cfg')], { env: { PATH }, stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
