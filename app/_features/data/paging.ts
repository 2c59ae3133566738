// Paging through the columns of the table, in its order, round and round.
import type { ColumnProfile, DataProfile } from './use-data.ts';

/** The column of this name, or the first; undefined where there is none. */
export const columnAt = (profile: DataProfile, name: string | undefined): ColumnProfile | undefined =>
  profile.columns.find((column) => column.name === name) ?? profile.columns[0];

const placeOf = (profile: DataProfile, name: string | undefined): number => {
  const found = columnAt(profile, name);
  return found === undefined ? 0 : profile.columns.indexOf(found);
};

/** The name of the column so many steps further; undefined where there is none. */
export function columnBeside(profile: DataProfile, name: string | undefined, step: number): string | undefined {
  const { columns } = profile;
  const at = placeOf(profile, name);
  return columns.at((at + step) % columns.length)?.name;
}

/** The column and those around it, at most so many, as the strip shows them. */
export function strip(profile: DataProfile, name: string | undefined, most: number): readonly ColumnProfile[] {
  const { columns } = profile;
  const at = placeOf(profile, name);
  const first = Math.max(0, Math.min(at - Math.floor(most / 2), columns.length - most));
  return columns.slice(first, first + most);
}
