// Progress of a run over Socket.IO's event `progress`. Volatile and without a number: what is lost stays lost, the whole
// log is in the run's report.
// Invariant: a client ignores what it cannot read, so that a newer server may say more.
import * as v from 'valibot';
import { logLineSchema, stageReasonSchema, stageResultSchema } from './report-schemas.ts';
import { parseWire, type Wire } from './wire.ts';

const message = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ type: v.literal(type), run: v.string(), ...entries });

export const progressSchema = v.variant('type', [
  /** How many runs wait before it. */
  message('queued', { ahead: v.number() }),
  message('started', {}),
  message('plan', {
    stages: v.array(v.object({ name: v.string(), willRun: v.boolean(), reason: stageReasonSchema })),
  }),
  /** A stage begins. */
  message('stage', { name: v.string() }),
  /** `share`: 0 to 1, where the stage reports it. */
  message('progress', { stage: v.string(), share: v.number() }),
  /** A stage ended. */
  message('staged', { result: stageResultSchema }),
  /** How much of the explanation of its model is done, 0 to 1; at 1 it is over. */
  message('explained', { share: v.number() }),
  /** The same of its learning curve. */
  message('curve', { share: v.number() }),
  message('log', { lines: v.array(logLineSchema) }),
]);

export type ProgressMessage = Wire<typeof progressSchema>;

/** null: not one that this version knows. */
export const readProgress = (said: unknown): ProgressMessage | null => parseWire(progressSchema, said);
