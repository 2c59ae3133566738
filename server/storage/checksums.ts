// Checksums of rows: SQLite does not notice a payload that was changed.
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type Cell = string | number | bigint | null | Uint8Array;
export type Row = Record<string, Cell>;

/** Over all columns of a row but the checksum itself. */
export const rowSum = (cells: readonly (string | number | null)[]): number => crc32(JSON.stringify(cells));
export const updateSum = (session: string, number: number, data: Uint8Array): number =>
  crc32(data, rowSum([session, number]));
export const courseSum = (session: string, data: Uint8Array): number => crc32(data, rowSum([session]));
export const sha256 = (data: Uint8Array | string): string => hash('sha256', data);

export const text = (row: Row, key: string): string => String(row[key]);
export const num = (row: Row, key: string): number => Number(row[key]);
export const maybe = (row: Row, key: string): string | null => (row[key] === null ? null : String(row[key]));
export const bytes = (row: Row, key: string): Uint8Array => row[key] as Uint8Array;
