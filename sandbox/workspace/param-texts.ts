// The values of a params.yaml as people write them, by dotted key: what runs are compared by.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { flattenParams, showParam } from '#pipeline-core/workspace/params.ts';
import { readParams } from './workspace.ts';

/** Of a file that cannot be read there are none: its run failed, and says why. */
export function paramTexts(yaml: string | undefined): Readonly<Record<string, string>> {
  try {
    const flat = flattenParams(readParams(yaml ?? ''));
    return Object.fromEntries(Object.entries(flat).map(([key, value]) => [key, showParam(value)]));
  } catch (error) {
    if (error instanceof PipelineError) return {};
    throw error;
  }
}
