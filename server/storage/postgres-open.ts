// Connections to Postgres, and what must be so before anything is promised: its settings, the tables and their version.
// Invariant: nodes that start at once on an empty database make its tables once; a refusal is one line for the operator.
import type { Client, Pool, PoolClient } from 'pg';
import { isBroken } from './postgres-errors.ts';
import { POSTGRES_STEPS } from './postgres-tables.ts';
import { StorageUnavailable } from './storage.ts';

export interface Postgres {
  readonly pool: Pool;
  /** For the questions who owns a session: strangers make them up, and no read may wait behind them. */
  readonly claims: Pool;
  /** A further connection, for whoever must not wait behind a long read. */
  connect(): Promise<Client>;
  /** Sentences for the operator about settings that are allowed, but not advised. */
  readonly warnings: readonly string[];
}

/** Any number, the same for every node. */
const SCHEMA_LOCK = 4_711;
const CONNECT_MS = 2_000;
const QUERY_MS = 8_000;
const CONNECTIONS = 6;
const CLAIM_CONNECTIONS = 2;

const unreachable = (error: unknown) =>
  new StorageUnavailable(`The database of DATABASE_URL cannot be reached: ${(error as Error).message}.`, 'gone');

/** Throws StorageUnavailable with one line. @param url as DATABASE_URL */
export async function openPostgres(url: string): Promise<Postgres> {
  const { default: pg } = await import('pg');
  const options = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    keepAlive: true,
    application_name: 'crowd-programming',
  };
  const pool = new pg.Pool({ ...options, max: CONNECTIONS });
  // Of a connection that nobody uses at the moment: the next call makes another one.
  pool.on('error', () => undefined);
  // It connects with the first question.
  const claims = new pg.Pool({ ...options, max: CLAIM_CONNECTIONS });
  claims.on('error', () => undefined);
  try {
    const warnings = await checkSettings(pool);
    await makeTables(pool);
    return {
      pool,
      claims,
      warnings,
      async connect() {
        const client = new pg.Client(options);
        // It breaks while nobody waits for it, too; whoever asks next is refused.
        client.on('error', () => undefined);
        await client.connect();
        return client;
      },
    };
  } catch (error) {
    await pool.end();
    throw error instanceof StorageUnavailable ? error : isBroken(error) ? unreachable(error) : refused(error);
  }
}

/** For instance a wrong password, or a database that does not exist. */
const refused = (error: unknown) =>
  new StorageUnavailable(`The database of DATABASE_URL refuses: ${(error as Error).message}.`, 'failing');

async function checkSettings(pool: Pool): Promise<string[]> {
  const found = await pool.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')`,
  );
  const settings = new Map(found.rows.map(({ name, setting }) => [name, setting]));
  for (const [name, allowed] of [
    ['fsync', ['on']],
    ['full_page_writes', ['on']],
    ['synchronous_commit', ['on', 'remote_apply']],
  ] as const) {
    const setting = settings.get(name) ?? 'unknown';
    if (!(allowed as readonly string[]).includes(setting))
      throw new StorageUnavailable(
        `Postgres has ${name} = ${setting}, with which acknowledged changes can be lost: set it to on.`,
        'failing',
      );
  }
  return settings.get('data_checksums') === 'on'
    ? []
    : ['Postgres runs without data_checksums: damage of its disk would not be noticed (initdb --data-checksums).'];
}

async function makeTables(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // IF NOT EXISTS alone fails one of two nodes that start at once.
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    const version = await versionOf(client);
    if (version > POSTGRES_STEPS.length)
      throw new StorageUnavailable(
        `The database of DATABASE_URL was written by a newer version of Crowd Programming (schema ${version}; this one reads up to schema ${POSTGRES_STEPS.length}): start that version.`,
        'failing',
      );
    for (const step of POSTGRES_STEPS.slice(version)) await client.query(step);
    if (version < POSTGRES_STEPS.length)
      await client.query(`UPDATE meta SET value = $1 WHERE key = 'schema'`, [POSTGRES_STEPS.length]);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    // The transaction ends with its connection.
    client.release(true);
    throw error;
  }
}

async function versionOf(client: PoolClient): Promise<number> {
  const found = await client.query<{ exists: boolean }>(`SELECT to_regclass('meta') IS NOT NULL AS exists`);
  if (!found.rows[0]?.exists) return 0;
  const { rows } = await client.query<{ value: string }>(`SELECT value FROM meta WHERE key = 'schema'`);
  return Number(rows[0]?.value ?? 0);
}
