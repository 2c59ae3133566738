// The tables in Postgres and the statements on them. One statement appends for many sessions (group commit).
// Invariant: the row of a session holds its head, its owner's epoch and the number of the last write; an append moves them
// in the transaction that stores its rows, or stores nothing. Who writes under another epoch stores nothing, text included.

/** Of POSTGRES_SCHEMA: whoever changes the tables adds a step to POSTGRES_STEPS. */
const FIRST = `
  CREATE TABLE meta(key text PRIMARY KEY, value bigint NOT NULL);
  INSERT INTO meta VALUES ('schema', 1), ('clock', 0), ('probes', 0);
  CREATE TABLE node(id text PRIMARY KEY, url text NOT NULL, until timestamptz NOT NULL, version text NOT NULL,
    data_hash text NOT NULL);
  CREATE TABLE session(id text PRIMARY KEY, log_id text NOT NULL, doc_id text NOT NULL, join_code text NOT NULL UNIQUE,
    created_at bigint NOT NULL, ended boolean NOT NULL DEFAULT false, last_used_at bigint NOT NULL, expired_at bigint,
    head int NOT NULL DEFAULT 0, doc_first int NOT NULL DEFAULT 0, doc_last int NOT NULL DEFAULT 0,
    owner text, epoch int NOT NULL DEFAULT 0, write_id bigint NOT NULL DEFAULT 0, code int NOT NULL)
    WITH (fillfactor = 50);
  CREATE TABLE event(session_id text NOT NULL REFERENCES session ON DELETE CASCADE, seq int NOT NULL, type text NOT NULL,
    at bigint NOT NULL, by text, cause text, payload text NOT NULL, code int NOT NULL, PRIMARY KEY(session_id, seq));
  CREATE TABLE doc(session_id text NOT NULL REFERENCES session ON DELETE CASCADE, n int NOT NULL, data bytea NOT NULL,
    PRIMARY KEY(session_id, n));
  CREATE TABLE blob(session_id text NOT NULL REFERENCES session ON DELETE CASCADE, hash text NOT NULL,
    data bytea NOT NULL, PRIMARY KEY(session_id, hash));
  CREATE TABLE uploaded_course(session_id text PRIMARY KEY REFERENCES session ON DELETE CASCADE, data bytea NOT NULL);
  CREATE TABLE state_cache(session_id text PRIMARY KEY REFERENCES session ON DELETE CASCADE, seq int NOT NULL,
    version text NOT NULL, state text NOT NULL);
  CREATE TABLE ticket(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, session_id text NOT NULL
    REFERENCES session ON DELETE CASCADE, owner text NOT NULL, run text NOT NULL, kind text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp());
`;

/**
 * Runs on other machines: the order in which tickets are taken, when one of each session was taken last, and the workers that
 * ask. Nobody has written a ticket before.
 */
const FLEET = `
  ALTER TABLE ticket DROP COLUMN run, DROP COLUMN kind, ADD COLUMN rank smallint NOT NULL;
  CREATE TABLE turn(session_id text PRIMARY KEY REFERENCES session ON DELETE CASCADE, at timestamptz NOT NULL);
  CREATE TABLE worker(id text PRIMARY KEY, until timestamptz NOT NULL, places int NOT NULL, gaps text[] NOT NULL);
`;

/** The step at index i makes version i + 1 of version i; version 0 is an empty database. Nodes of the version before still run while it does. */
export const POSTGRES_STEPS: readonly string[] = [FIRST, FLEET];

/**
 * One row per session and call in $1..$9, then events, document updates and texts, each with the number of its call.
 * A write's number grows under one epoch, so that a statement that a broken line delivers late is refused: whoever claims
 * a session sets it to 0.
 */
export const APPEND = `
  WITH a AS (
    SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::bool[], $6::text[], $7::int[], $8::bigint[])
      WITH ORDINALITY AS a(session, expected, events, docs, ended, join_code, epoch, write_id, i)
  ), h AS (
    UPDATE session s SET head = s.head + a.events, doc_last = s.doc_last + a.docs,
      doc_first = CASE WHEN s.doc_first = 0 AND a.docs > 0 THEN s.doc_last + 1 ELSE s.doc_first END,
      ended = s.ended OR a.ended, join_code = coalesce(a.join_code, s.join_code), write_id = a.write_id,
      code = greatest(s.code, $9)
    FROM a WHERE s.id = a.session AND s.head = a.expected AND s.epoch = a.epoch AND s.write_id < a.write_id
    RETURNING s.id, a.i, s.doc_last - a.docs AS doc_before
  ), e AS (
    INSERT INTO event SELECT h.id, e.seq, e.type, e.at, e.by, e.cause, e.payload, $9
    FROM unnest($10::int[], $11::int[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[])
      e(i, seq, type, at, by, cause, payload) JOIN h ON h.i = e.i
  ), d AS (
    INSERT INTO doc SELECT h.id, h.doc_before + d.k, d.data
    FROM unnest($17::int[], $18::int[], $19::bytea[]) d(i, k, data) JOIN h ON h.i = d.i
  ), b AS (
    INSERT INTO blob SELECT h.id, b.hash, b.data
    FROM unnest($20::int[], $21::text[], $22::bytea[]) b(i, hash, data) JOIN h ON h.i = b.i
    ON CONFLICT DO NOTHING
  )
  SELECT i::int FROM h`;

/** $1..$7 the row, $8 events, $9 document updates, $10 the event version, then the rows as in APPEND, $24 the course. Nobody owns it yet. */
export const CREATE = `
  WITH s AS (
    INSERT INTO session(id, log_id, doc_id, join_code, created_at, last_used_at, expired_at, head, doc_first, doc_last,
      code) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::int, least($9::int, 1), $9, $10::int) RETURNING id
  ), e AS (
    INSERT INTO event SELECT s.id, e.seq, e.type, e.at, e.by, e.cause, e.payload, $10
    FROM s, unnest($11::int[], $12::int[], $13::text[], $14::bigint[], $15::text[], $16::text[], $17::text[])
      e(i, seq, type, at, by, cause, payload)
  ), d AS (
    INSERT INTO doc SELECT s.id, d.k, d.data FROM s, unnest($18::int[], $19::int[], $20::bytea[]) d(i, k, data)
  ), c AS (
    INSERT INTO uploaded_course SELECT s.id, $24::bytea FROM s WHERE $24::bytea IS NOT NULL
  )
  INSERT INTO blob SELECT s.id, b.hash, b.data FROM s, unnest($21::int[], $22::text[], $23::bytea[]) b(i, hash, data)`;

export const ADD_COURSE = `
  INSERT INTO uploaded_course SELECT id, $2 FROM session WHERE id = $1 ON CONFLICT DO NOTHING`;

export const READ = `
  SELECT s.head, e.seq, e.type, e.at, e.by, e.cause, e.payload, e.code
  FROM session s LEFT JOIN event e ON e.session_id = s.id AND e.seq > $2 WHERE s.id = $1 ORDER BY e.seq`;

export const DOC_LOAD = `
  SELECT s.doc_first, s.doc_last, d.n, d.data
  FROM session s LEFT JOIN doc d ON d.session_id = s.id WHERE s.id = $1 ORDER BY d.n`;

/** $1 session, $2 the last update that is replaced, $3 what replaces them, $4 epoch. */
export const DOC_COMPACT = `
  WITH s AS (
    UPDATE session SET doc_first = $2
    WHERE id = $1 AND epoch = $4 AND doc_first > 0 AND doc_first <= $2 AND doc_last >= $2 RETURNING id
  ), gone AS (
    DELETE FROM doc USING s WHERE session_id = s.id AND n < $2
  ), put AS (
    UPDATE doc SET data = $3 FROM s WHERE session_id = s.id AND n = $2
  )
  SELECT id FROM s`;

/** $1 session, $2 the last update of the document before, $3 the id of the new one, $4 all of it, $5 epoch. */
export const DOC_REPLACE = `
  WITH s AS (
    UPDATE session SET doc_id = $3, doc_first = $2::int + 1, doc_last = $2::int + 1
    WHERE id = $1 AND epoch = $5 AND doc_last = $2::int RETURNING id
  ), gone AS (
    DELETE FROM doc USING s WHERE session_id = s.id AND n <= $2::int
  )
  INSERT INTO doc SELECT s.id, $2::int + 1, $4 FROM s RETURNING session_id`;

export const PUT_CACHE = `
  INSERT INTO state_cache SELECT id, $2, $3, $4 FROM session WHERE id = $1 AND epoch = $5
  ON CONFLICT (session_id) DO UPDATE SET seq = excluded.seq, version = excluded.version, state = excluded.state`;

/** $4, $5: as it was seen; null: however it is. */
export const MARK_USE = `
  UPDATE session SET last_used_at = $2, expired_at = $3 WHERE id = $1
    AND ($4::bigint IS NULL OR last_used_at = $4 AND expired_at IS NOT DISTINCT FROM $5::bigint) RETURNING id`;

export const CLOCK = `
  SELECT greatest((SELECT value FROM meta WHERE key = 'clock'), coalesce((SELECT max(e.at)
    FROM session s JOIN event e ON e.session_id = s.id AND e.seq = s.head), 0)) AS value`;

/** Why an append was not taken, or that it was: in an earlier try. */
export const WHY_REFUSED = 'SELECT id, head, epoch, write_id FROM session WHERE id = ANY($1::text[])';
