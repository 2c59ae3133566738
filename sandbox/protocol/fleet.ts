// What the owner of a session and a worker on another machine say to each other. Down: one call, then questions to its model;
// up: what comes of them. Invariant: the hold-out labels and the paths of the owner are in none of it.
import type { RunFinding, RunReport } from '#pipeline-core/core/report.ts';
import type { CodeCheckJob } from './code-check.ts';
import type { ExplainJob, PushesJob } from './explain.ts';
import type { Expression } from './expression.ts';
import type { CheckedTask, Job, Progress, Row } from './job.ts';

export const RUN_UPGRADE = 'crowd-run';
/** Of which build a worker is. */
export const BUILD_HEADER = 'x-crowd-build';
/** Hashes of the large parts that a worker has, so that they are not sent again. */
export const HOLDS_HEADER = 'x-crowd-holds';

export type Call =
  | { readonly type: 'run'; readonly job: Job }
  | { readonly type: 'explain' | 'curve'; readonly job: ExplainJob }
  | { readonly type: 'evaluate'; readonly expression: Expression }
  | { readonly type: 'check'; readonly job: CodeCheckJob };

export type Question =
  | { readonly type: 'predict'; readonly rows: readonly Row[] }
  | { readonly type: 'pushes'; readonly job: PushesJob }
  | { readonly type: 'evaluate'; readonly expression: Expression };

/** Large parts go by their SHA-256. */
export interface PackedJob extends Omit<Job, 'data' | 'holdout' | 'task' | 'cacheDir'> {
  /** Path -> part. */
  readonly data: Readonly<Record<string, string>>;
  /** Part of the rows, as JSON. */
  readonly holdout?: string;
  /** Part, as JSON. */
  readonly task?: string;
  /** Of an explanation. */
  readonly key?: string;
}
export type PackedExpression = Pick<Expression, 'sessionId' | 'code'> & {
  readonly path: string;
} & ({ readonly text: string } | { readonly sha256: string });

export type PackedCall =
  | { readonly type: 'run'; readonly job: PackedJob }
  | { readonly type: 'explain' | 'curve'; readonly job: PackedJob & { readonly key: string } }
  | { readonly type: 'evaluate'; readonly expression: PackedExpression }
  | { readonly type: 'check'; readonly job: CodeCheckJob };
export type PackedQuestion =
  | Extract<Question, { readonly type: 'predict' }>
  | { readonly type: 'pushes'; readonly job: Omit<PushesJob, 'csv'> & { readonly csv: string } }
  | { readonly type: 'evaluate'; readonly expression: PackedExpression };

/** The bodies of the frame are these parts, in this order. */
interface WithParts {
  readonly parts: readonly { readonly sha256: string; readonly bytes: number }[];
}
export type ToWorker =
  | ({ readonly type: 'call'; readonly call: PackedCall } & WithParts)
  | ({ readonly type: 'ask'; readonly id: number; readonly question: PackedQuestion } & WithParts);

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'report'; readonly report: RunReport }
  | { readonly type: 'checked'; readonly findings: readonly RunFinding[] | null }
  /** Of an explanation, on the way. */
  | { readonly type: 'part'; readonly value: unknown }
  /** What a call other than a run came to. */
  | { readonly type: 'done'; readonly value: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  /** `rows`: the model's own no to these rows; `no-model`: there is none here any more. */
  | {
      readonly type: 'refused';
      readonly id: number;
      readonly why: 'rows' | 'no-model' | 'unavailable';
      readonly message: string;
    };

/** Of a sentence in any of these. */
export const LONGEST_MESSAGE = 4_000;

export interface Parts {
  /** The hash of a text. */
  text(text: string): string;
  /** The hash of its JSON, made once for each object. */
  json(value: object): string;
}

export function packJob(job: Job, parts: Parts): PackedJob {
  const { data, holdout, task, cacheDir: _, ...rest } = job;
  return {
    ...rest,
    data: Object.fromEntries(Object.entries(data).map(([path, text]) => [path, parts.text(text)])),
    ...(holdout === undefined ? {} : { holdout: parts.json(holdout.rows) }),
    ...(task === undefined ? {} : { task: parts.json(task) }),
  };
}

function packExpression({ sessionId, code, table }: Expression, parts: Parts): PackedExpression {
  const of = { sessionId, code, path: table.path };
  return 'text' in table ? { ...of, text: parts.text(table.text) } : { ...of, sha256: table.sha256 };
}

export function packCall(call: Call, parts: Parts): PackedCall {
  switch (call.type) {
    case 'run':
      return { type: 'run', job: packJob(call.job, parts) };
    case 'explain':
    case 'curve':
      return { type: call.type, job: { ...packJob(call.job, parts), key: call.job.key } };
    case 'evaluate':
      return { type: 'evaluate', expression: packExpression(call.expression, parts) };
    case 'check':
      return call;
  }
}

export function packQuestion(question: Question, parts: Parts): PackedQuestion {
  if (question.type === 'pushes')
    return { type: 'pushes', job: { ...question.job, csv: parts.text(question.job.csv) } };
  if (question.type === 'evaluate') return { type: 'evaluate', expression: packExpression(question.expression, parts) };
  return question;
}

/** What a worker reads of a part. Throws where it was not sent. */
export interface Unpack {
  text(sha256: string): string;
  json<T>(sha256: string): T;
}

/** @param cacheDir of the worker */
export function unpackJob(packed: PackedJob, cacheDir: string, parts: Unpack): Job {
  const { data, holdout, task, key: _, ...rest } = packed;
  return {
    ...rest,
    cacheDir,
    data: Object.fromEntries(Object.entries(data).map(([path, part]) => [path, parts.text(part)])),
    ...(holdout === undefined ? {} : { holdout: { rows: parts.json<readonly Row[]>(holdout) } }),
    ...(task === undefined ? {} : { task: parts.json<CheckedTask>(task) }),
  };
}

export function unpackExpression(packed: PackedExpression, cacheDir: string, parts: Unpack): Expression {
  const { sessionId, code, path } = packed;
  const table = 'text' in packed ? { path, text: parts.text(packed.text) } : { path, sha256: packed.sha256, cacheDir };
  return { sessionId, code, table };
}
