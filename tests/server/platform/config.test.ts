// Flags and environment: every bad value is one sentence, every good one lands where it should.
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '#server/platform/config.ts';

const good = (argv: string[], env: Record<string, string> = {}): Config => {
  const read = readConfig(argv, env);
  if (!read.ok) throw new Error(read.line);
  return read.config;
};
const bad = (argv: string[], env: Record<string, string> = {}): string => {
  const read = readConfig(argv, env);
  if (read.ok) throw new Error('was taken');
  return read.line;
};

describe('configuration', () => {
  it('has the defaults of the routes', () => {
    expect(good([])).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      lan: false,
      publicUrl: null,
      trustProxy: 0,
      createToken: null,
      courses: [],
      courseData: null,
      makeNew: false,
    });
    expect(good([]).dataDir).toMatch(/[\\/]data[\\/]sessions$/);
  });

  it('reads the environment, and lets flags win', () => {
    const env = { PORT: '4000', HOST: '10.0.0.5', PUBLIC_URL: 'https://crowd.example.org/', TRUST_PROXY: '2' };
    expect(good([], env)).toMatchObject({
      port: 4000,
      host: '10.0.0.5',
      publicUrl: 'https://crowd.example.org',
      trustProxy: 2,
    });
    expect(good(['--port', '5000', '--host', '127.0.0.1', '--new'], env)).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
      makeNew: true,
    });
    expect(good([], { PUBLIC_URL: 'https://example.org/x/y/' }).publicUrl).toBe('https://example.org/x/y');
    expect(good([], { PUBLIC_URL: 'https://example.org/sessions' }).publicUrl).toBe('https://example.org/sessions');
    expect(good([], { PORT: '', TRUST_PROXY: 'true' })).toMatchObject({ port: 3000, trustProxy: 1 });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(good([]))).toBe(true);
  });

  it.each([
    [['--port', 'many'], {}, '--port is "many"; it must be a whole number from 0 to 65535.'],
    [['--port', '70000'], {}, '--port is "70000"'],
    [[], { PORT: '-1' }, 'PORT is "-1"'],
    [[], { PORT: '80.5' }, 'PORT is "80.5"'],
    [['--prot', '1'], {}, "Unknown option '--prot'. Flags are --port"],
    [['extra'], {}, 'Flags are --port'],
    [['--port'], {}, 'Flags are --port'],
    [['--host', 'a b'], {}, 'The host is "a b"'],
    [[], { PUBLIC_URL: 'crowd.example.org' }, 'PUBLIC_URL is "crowd.example.org"'],
    [
      [],
      { PUBLIC_URL: 'https://example.org/x%20y/' },
      'it must look like https://crowd.example.org or https://example.org/crowd',
    ],
    [[], { PUBLIC_URL: 'https://example.org/s/' }, 'the app has addresses of its own under /s; choose another path'],
    [[], { PUBLIC_URL: 'https://example.org/API/x' }, 'the app has addresses of its own under /API'],
    [['--dev'], { PUBLIC_URL: 'https://example.org/x' }, '"npm run dev" serves no path'],
    [[], { PUBLIC_URL: 'ftp://example.org' }, 'PUBLIC_URL is'],
    [[], { TRUST_PROXY: 'yes' }, 'TRUST_PROXY is "yes"'],
    [[], { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
  ])('says what is wrong with %j %j', (argv, env, sentence) => {
    const line = bad(argv, env as Record<string, string>);
    expect(line).toContain(sentence);
    expect(line).not.toContain('\n');
  });

  it('never repeats a secret', () => {
    expect(bad([], { CREATE_TOKEN: 'tooshort' })).not.toContain('tooshort');
  });
});

describe('of several nodes', () => {
  const NODE = {
    DATABASE_URL: 'postgres://crowd:p@db/crowd',
    PUBLIC_URL: 'https://crowd.example.org',
    CLUSTER_SECRET: 'sixteen-characters',
  };

  it('is off without a database', () => {
    expect(good([], { CLUSTER_SECRET: NODE.CLUSTER_SECRET }).cluster).toBeNull();
  });

  it.each([
    [{}, 'http://127.0.0.1:3000'],
    [{ HOST: '10.0.0.5', PORT: '4000' }, 'http://10.0.0.5:4000'],
    [{ HOST: 'fd00::5' }, 'http://[fd00::5]:3000'],
    [{ NODE_URL: 'http://node1:3000', PORT: '0' }, 'http://node1:3000'],
  ])('%j is reached at %s', (env, url) => {
    expect(good([], { ...NODE, ...env }).cluster).toEqual({
      databaseUrl: NODE.DATABASE_URL,
      secret: NODE.CLUSTER_SECRET,
      url,
      leaseMs: 3_000,
      workerSecret: null,
    });
  });

  it('gives its runs to workers with RUNS=fleet alone', () => {
    const fleet = { RUNS: 'fleet', WORKER_SECRET: 'sixteen-character' };
    expect(good([], { ...NODE, ...fleet }).cluster?.workerSecret).toBe(fleet.WORKER_SECRET);
    expect(good([], { ...NODE, ...fleet, RUNS: 'here' }).cluster?.workerSecret).toBeNull();
    expect(bad([], fleet)).toContain('RUNS=fleet needs DATABASE_URL');
  });

  it.each([
    [{ DATABASE_URL: 'mysql://root:secret@db/crowd' }, 'DATABASE_URL must look like postgres://'],
    [{ PUBLIC_URL: '' }, 'DATABASE_URL needs PUBLIC_URL'],
    [{ CLUSTER_SECRET: '' }, 'DATABASE_URL needs CLUSTER_SECRET'],
    [{ CLUSTER_SECRET: 'short' }, 'CLUSTER_SECRET is too short'],
    [{ PORT: '0' }, 'NODE_URL must be where the other nodes reach this one'],
    [{ NODE_URL: 'https://node1' }, 'NODE_URL must be'],
    [{ NODE_URL: 'http://node1/path' }, 'NODE_URL must be'],
    [{ LEASE_MS: '500' }, 'LEASE_MS is "500"'],
    [{ RUNS: 'there' }, 'RUNS is "there"'],
    [{ RUNS: 'fleet' }, 'RUNS=fleet needs WORKER_SECRET'],
    [{ RUNS: 'fleet', WORKER_SECRET: 'short' }, 'WORKER_SECRET is too short'],
    [{ RUNS: 'fleet', WORKER_SECRET: 'x'.repeat(201) }, 'WORKER_SECRET is too long; give it at most 200 characters'],
    [{ RUNS: 'fleet', WORKER_SECRET: NODE.CLUSTER_SECRET }, 'WORKER_SECRET must not be CLUSTER_SECRET'],
  ])('refuses %j', (env, line) => {
    const refused = bad([], { ...NODE, ...env });
    expect(refused).toContain(line);
    expect(refused).not.toMatch(/secret@|short"/);
  });
});
