// What the server would refuse whenever it came, whatever the session is: found before a command is sent, and by the
// server again.
import * as v from 'valibot';
import { type ClientCommand, clientCommandSchema } from '../model/client-commands.ts';
import { type Rejection, rejection } from '../model/rejection.ts';
import { patchFault, sizeFault } from './command-size.ts';
import { requestFaultOf } from './request-fault.ts';

/** One fault is all that is answered: a long list of them need not be written. */
const FIRST_FAULT = { abortEarly: true } as const;

/** null: it may be sent. */
export function commandFault(command: ClientCommand): Rejection | null {
  const over = 'patch' in command && command.patch !== undefined ? patchFault(command.patch) : null;
  if (over) return over;
  const parsed = v.safeParse(clientCommandSchema, command, FIRST_FAULT);
  return parsed.success ? sizeFault(command) : rejection('invalid', requestFaultOf(parsed.issues[0]));
}
