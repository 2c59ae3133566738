// Joins class names; what is not there falls out.
// RUNS IN browser | server
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
