// agenda.yaml of a course: the facilitator's steps. A course without one has none.
import { join } from 'node:path';
import * as v from 'valibot';
import { checkedYaml } from './checked-yaml.ts';

const MOST_STEPS = 100;
const SCENES = ['join', 'code', 'pipeline', 'results', 'queue', 'reveal', 'compare', 'data'] as const;

export interface AgendaStep {
  readonly title: string;
  /** To be said aloud. */
  readonly say: string;
  readonly ask: string;
  readonly minutes: number;
  readonly scene: (typeof SCENES)[number];
  /** The checkpoint to load if the session has not got there by itself. */
  readonly checkpoint?: string;
  /** The hold-out score is revealed in this step. */
  readonly reveal?: boolean;
}

/** Throws CourseError. @param checkpoints names that a step may load */
export function readAgenda(folder: string, source: string | null, checkpoints: readonly string[]): AgendaStep[] {
  if (source === null) return [];
  const text = (most: number) => {
    const message = `must be a text of 1 to ${most} characters`;
    return v.pipe(v.string(message), v.trim(), v.minLength(1, message), v.maxLength(most, message));
  };
  const minutes = 'must be a whole number from 1 to 240';
  const step = v.strictObject({
    title: text(80),
    say: text(600),
    ask: text(300),
    minutes: v.pipe(v.number(minutes), v.integer(minutes), v.minValue(1, minutes), v.maxValue(240, minutes)),
    scene: v.picklist(SCENES, `must be one of ${SCENES.join(', ')}`),
    checkpoint: v.exactOptional(v.picklist(checkpoints, `must be one of ${checkpoints.join(', ')}`)),
    reveal: v.exactOptional(v.boolean('must be true or false')),
  });
  const list = `must be a list of 1 to ${MOST_STEPS} steps`;
  const schema = v.strictObject({
    steps: v.pipe(v.array(step, list), v.minLength(1, list), v.maxLength(MOST_STEPS, list)),
  });
  return checkedYaml(join(folder, 'agenda.yaml'), source, schema).steps;
}
