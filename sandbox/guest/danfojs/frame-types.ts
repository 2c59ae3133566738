// The parts of danfojs' classes that the files here touch; the package's own declarations do not cover its insides.
export type Cell = string | number | boolean | null | undefined;
export type Label = string | number;

export interface SeriesLike {
  $data: Cell[];
  $dataIncolumnFormat: Cell[];
  $dtypes: string[];
  $index: Label[];
  readonly values: Cell[];
  readonly index: Label[];
  readonly columns: string[] | string;
  readonly dtypes: string[];
  readonly $isSeries: boolean;
}

export interface FrameLike {
  $data: Cell[][];
  $dataIncolumnFormat: Cell[][];
  $columns: string[];
  $dtypes: string[];
  $index: Label[];
  $isSeries: boolean;
  $config: object;
  readonly values: Cell[][];
  readonly columns: string[];
  readonly index: Label[];
  readonly dtypes: string[];
  readonly shape: [number, number];
  $setInternalColumnDataProperty(column?: string): void;
  addColumn(name: string, values: SeriesLike | Cell[], options?: object): FrameLike | undefined;
  iloc(at: { rows?: unknown[]; columns?: unknown[] }): FrameLike;
  loc(at: { rows?: unknown[]; columns?: unknown[] }): FrameLike;
  column(name: string): SeriesLike;
  copy(): FrameLike;
}

export interface FrameClass {
  new (data: unknown, options?: object): FrameLike;
  readonly prototype: FrameLike & Record<string, (...args: never[]) => unknown>;
}
export interface SeriesClass {
  new (data: readonly Cell[], options?: object): SeriesLike;
  readonly prototype: SeriesLike & Record<string, (...args: never[]) => unknown>;
}

/** As danfojs has it: change the frame or Series itself, and return nothing. */
export interface InPlace {
  readonly inplace?: boolean;
}
