// A database as SQL, and back: text that a review can read.
import { DatabaseSync } from 'node:sqlite';

export function dumpOf(db: DatabaseSync): string {
  const tables = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").all() as {
    name: string;
    sql: string;
  }[];
  const lines = tables.flatMap(({ name, sql }) => [
    `${sql.replaceAll(/\s+/g, ' ')};`,
    ...db
      .prepare(`SELECT * FROM ${name}`)
      .all()
      .map((row) => `INSERT INTO ${name} VALUES (${Object.values(row).map(literal).join(', ')});`),
  ]);
  return `${lines.join('\n')}\n`;
}

function literal(value: unknown): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  // A line break inside a text would make two lines of one row.
  if (typeof value === 'string') return `'${value.replaceAll("'", "''").replaceAll('\n', "'||char(10)||'")}'`;
  return String(value);
}

/** As a server of that version left it: closed, without a journal. */
export function makeDatabase(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; BEGIN; ${sql} COMMIT;`);
  db.close();
}
