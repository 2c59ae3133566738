// What is decided about a table, and the course as it will be written.
import type { ColumnSchema, Table } from '#pipeline-core';
import type { Kind } from './propose.ts';

export interface CourseAnswers {
  /** Lower-case words with hyphens. */
  readonly id: string;
  readonly title: string;
  /** What the table is, for people. */
  readonly dataset: string;
  /** By its name in code, as the names in `forbidden`. */
  readonly target: string;
  readonly kind: Kind;
  readonly measure: string;
  readonly forbidden: readonly string[];
  /** Rows with the same value of this column belong together; it is no input. */
  readonly group?: string | undefined;
  readonly unit: string;
  /** The visible rows are in the repository that people export. */
  readonly inRepository: boolean;
}

export interface PlannedColumn extends ColumnSchema {
  readonly missing: number;
  /** Value -> rows, of words. */
  readonly counts: ReadonlyMap<string, number>;
}

export interface CoursePlan extends CourseAnswers {
  readonly table: Table;
  readonly columns: readonly PlannedColumn[];
  readonly targetColumn: PlannedColumn;
  /** Neither the target nor forbidden; in the order of the table. */
  readonly inputs: readonly PlannedColumn[];
  /** Of a classification, in alphabetical order. */
  readonly classes: readonly string[];
  /** Labels of columns that are left out. */
  readonly constant: readonly string[];
  readonly rowsLeftOut: number;
}
