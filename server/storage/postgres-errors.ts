// What an error of Postgres means for a call of the storage: a broken line, a refusal, a conflict, damage.
import { ConflictError, StorageDamaged, StorageUnavailable } from './storage.ts';

/** The connection broke or could not be made: nothing is known about what was sent over it. */
const BROKEN = new Set([
  ...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '53300'],
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND'],
  'EAI_AGAIN',
]);
/** The client reports some broken connections without a code. */
const BROKEN_TEXT = /terminated|not queryable|Connection ended|timeout|closed the connection/i;

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

export const isBroken = (error: unknown): boolean =>
  BROKEN.has(codeOf(error)) || (codeOf(error) === '' && BROKEN_TEXT.test((error as Error).message));

export const isDuplicate = (error: unknown): boolean => codeOf(error) === '23505';

/** Nothing was stored, but for a broken line. What is no fault of the database is given back as it is. */
export function faultOf(error: unknown): Error {
  if (error instanceof StorageUnavailable) return error;
  const code = codeOf(error);
  const { message } = error as Error;
  if (isBroken(error)) return new StorageUnavailable(`The database cannot be reached: ${message}.`, 'gone');
  if (isDuplicate(error)) return new ConflictError(message);
  if (code === 'XX001' || code === 'XX002')
    return new StorageDamaged(`The database is damaged: ${message}. Restore a backup of Postgres.`);
  const written = (kind: 'full' | 'read-only' | 'failing') =>
    new StorageUnavailable(`The database cannot be written: ${message}.`, kind);
  if (code === '53100') return written('full');
  if (code === '25006') return written('read-only');
  // No resources, an I/O error, a lock that was not given, a deadlock, a cancelled statement, no right.
  if (/^(53|58|40|55|57|42501|28)/.test(code)) return written('failing');
  return error as Error;
}
