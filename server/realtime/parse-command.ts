// One frame of `command`: from whatever came in to a command the session may be asked, or a refusal.
// Invariant: unknown fields and types are refused with a sentence, never dropped in silence.
import * as v from 'valibot';
import { type ClientCommand, clientCommandSchema } from '#session-core/model/client-commands.ts';
import { type Rejection, type RequestFault, rejection } from '#session-core/model/rejection.ts';
import { sizeFault } from '#session-core/protocol/command-size.ts';
import { requestFaultOf } from '#session-core/protocol/request-fault.ts';
import type { ALLOWANCES } from '../platform/rate-limit.ts';

export type Limit = Exclude<keyof typeof ALLOWANCES, 'any' | 'resync' | 'packet'>;
export type Spoken =
  | { readonly ok: true; readonly id: string; readonly command: ClientCommand; readonly limit: Limit | null }
  | { readonly ok: false; readonly error: Rejection };

/** It is stored: half a character would come back from the disk as another one, and look like damage. */
const idSchema = v.pipe(
  v.string(),
  v.minLength(8),
  v.maxLength(40),
  v.check((id) => id.isWellFormed()),
);

/** One fault is all that is answered: a long list of them need not be written. */
const FIRST_FAULT = { abortEarly: true } as const;

const LIMIT_OF: Partial<Record<ClientCommand['type'], Limit>> = {
  'suggestion.add': 'suggestion',
  'suggestion.upvote': 'vote',
  'suggestion.unvote': 'vote',
  'run.request': 'run',
  'guess.set': 'guess',
  'poll.answer': 'guess',
  'hand.raise': 'oneself',
  'pulse.set': 'oneself',
  'participant.rename': 'oneself',
  'participant.credit': 'oneself',
  'preview.request': 'preview',
  'suggestion.fix': 'preview',
};

export function understand(said: unknown): Spoken {
  if (typeof said !== 'object' || said === null || Array.isArray(said))
    return misunderstood({ fault: 'not_an_object' });
  const { id, ...rest } = said as Record<string, unknown>;
  if (!v.is(idSchema, id)) return misunderstood({ fault: 'no_command_id' });
  const parsed = v.safeParse(clientCommandSchema, rest, FIRST_FAULT);
  if (!parsed.success) return misunderstood(requestFaultOf(parsed.issues[0]));
  const command = parsed.output;
  const over = sizeFault(command);
  if (over) return { ok: false, error: over };
  return { ok: true, id, command, limit: LIMIT_OF[command.type] ?? null };
}

const misunderstood = (fault: RequestFault): Spoken => ({ ok: false, error: rejection('invalid', fault) });
