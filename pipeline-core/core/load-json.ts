// Loading what somebody saved: files are cut off, edited and swapped, and must not end in a riddle about undefined.
import { PipelineError } from './errors.ts';

/** What `load` gives. Throws PipelineError as it does, and 'bad-model' where the saved form lacks a part. */
export function loaded<T>(what: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    const message = `This saved ${what} is damaged or incomplete: save it again with toJSON(). (${error.message})`;
    throw new PipelineError('bad-model', message);
  }
}
