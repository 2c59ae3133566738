// What a child says a stage wrote, held against what the stage declared.

import type { RunError } from '#pipeline-core/core/report.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { type PackedFile, unpack } from '../protocol/frames.ts';
import type { Limits } from '../protocol/job.ts';
import type { Outs } from './run-cache.ts';
import { errorOfEnding } from './run-error.ts';

export interface Delivered {
  readonly files: readonly PackedFile[];
  readonly body: Buffer;
  readonly limits: Limits;
}

/** Exactly the declared outs, within their limit, or the error for people. */
export function checkOuts(stage: Stage, { files, body, limits }: Delivered): Outs | RunError {
  const declared = pathsOut(stage);
  const outs = unpack(files, body);
  if (outs === null || outs.size !== files.length || files.some(({ path }) => !declared.includes(path))) {
    return errorOfEnding('breach', stage.name, limits);
  }
  if (body.length > limits.outBytes) {
    const most = Math.round(limits.outBytes / 1024 / 1024);
    return { stage: stage.name, kind: 'limit', code: 'outs_too_large', facts: { mb: most } };
  }
  const absent = declared.find((path) => !outs.has(path));
  if (absent !== undefined) {
    const at = [...stage.outs, ...stage.metrics, ...stage.plots].find(({ path }) => path === absent);
    const line = at?.line ?? stage.line;
    return { stage: stage.name, kind: 'user', code: 'out_missing', facts: { path: absent }, file: 'dvc.yaml', line };
  }
  // In the order of dvc.yaml, not of writing; and copies, since the frame's buffer is shared.
  return new Map(declared.map((path) => [path, Buffer.from(outs.get(path)!)]));
}
