// The messages between the parent and a child, and their schemas.
// Invariant: the child is not trusted. Whatever comes from it is checked here, to the last field, before it is used.
import * as v from 'valibot';
import type { Question } from '#pipeline-core/inspection/mixtures.ts';

/** A stage to run. The files travel in the frame's body, in this order. */
export interface StageTask {
  readonly type: 'stage';
  readonly stage: string;
  /** The TypeScript file the stage runs. */
  readonly entry: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Paths the stage may write; one that ends with a slash stands for all below it. */
  readonly writable: readonly string[];
  /** Every path of the workspace and of all outs. */
  readonly known: readonly string[];
  /** Values of the declared params, nested as in params.yaml. */
  readonly params: unknown;
  /** Dotted keys of params.yaml that the stage does not declare: reading one is an error. */
  readonly undeclared?: readonly string[];
  /** Of a check: the fold of each row, which stratified splits keep. */
  readonly folds?: readonly number[];
  readonly limits: TaskLimits;
}

export interface TaskLimits {
  readonly stageMs: number;
  readonly logLines: number;
  readonly logBytes: number;
  readonly outBytes: number;
}

/** Opens a predictor over the outs of a run; `predict` messages follow. */
export interface OpenTask extends Omit<StageTask, 'type' | 'writable' | 'undeclared'> {
  readonly type: 'open';
  /** What `predict` answers with: a probability for each of these; none: a number. */
  readonly classes: readonly string[];
}

export interface PredictTask {
  readonly type: 'predict';
  readonly id: number;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly ms: number;
}

/** Rows put together from rows that are held: see `mixtures.ts`. `rows`, where given, are held from now on. */
export interface AskTask {
  readonly type: 'ask';
  readonly id: number;
  readonly rows?: PredictTask['rows'];
  readonly questions: readonly Question[];
  readonly ms: number;
}

export type ParentMessage = StageTask | OpenTask | PredictTask | AskTask;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const path = text(300);

const frame = v.strictObject({ file: path, line: whole(1e9), column: whole(1e9) });

const failure = v.strictObject({
  /** `syntax`: before anything ran; `time`, `memory`: a limit; `never`: awaits what never happens; `internal`: our fault */
  kind: v.picklist(['syntax', 'link', 'run', 'time', 'memory', 'never', 'internal']),
  message: text(4_000),
  /** Innermost first; only files of the workspace. */
  frames: v.pipe(v.array(frame), v.maxLength(20)),
  /** What the stage reached for and had not declared. */
  missing: v.optional(v.strictObject({ kind: v.picklist(['read', 'write', 'import', 'param', 'none']), path })),
  /** The test that ran. */
  test: v.optional(text(200)),
});

const files = v.pipe(v.array(v.strictObject({ path, bytes: whole(2 ** 31) })), v.maxLength(100));
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e9));

const childMessage = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('log'), lines: v.pipe(v.array(text(2_100)), v.maxLength(1_000)) }),
  v.strictObject({
    type: v.literal('progress'),
    share: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1)),
  }),
  v.strictObject({
    type: v.literal('done'),
    files,
    timing: v.strictObject({ link: milliseconds, run: milliseconds, cpu: milliseconds }),
  }),
  v.strictObject({ type: v.literal('failed'), failure }),
  v.strictObject({ type: v.literal('opened') }),
  v.strictObject({
    type: v.literal('predicted'),
    id: whole(2 ** 31),
    /** A number a row, or a probability a class, row after row. */
    predictions: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(2_000_000)),
  }),
  v.strictObject({ type: v.literal('unpredicted'), id: whole(2 ** 31), failure }),
]);

export type ChildMessage = v.InferOutput<typeof childMessage>;
export type Failure = v.InferOutput<typeof failure>;

/** null where the message is not one of ours. */
export function parseChildMessage(header: unknown): ChildMessage | null {
  const result = v.safeParse(childMessage, header);
  return result.success ? result.output : null;
}

/** What a child may send in one frame besides the bytes of its outs. */
export const CHILD_HEADER_BYTES = 4 * 1024 * 1024;
