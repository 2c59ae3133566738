// Folds that stay as they were while the labels they are stratified by are exchanged: how the check of a run asks whether
// predictions use the values they are scored on. Off unless the runner turns it on, before any code of participants.

let held: { readonly fold: Int32Array; readonly count: number } | null = null;

/** @param fold of each row, from 0; null: stratified folds are dealt anew */
export function holdFolds(fold: readonly number[] | null): void {
  held = fold === null ? null : { fold: Int32Array.from(fold), count: Math.max(...fold) + 1 };
}

/** null where none are held, or they are of other rows or another number of folds. */
export function heldFolds(rows: number, nSplits: number): Int32Array | null {
  return held?.fold.length === rows && held.count === nSplits ? held.fold : null;
}
