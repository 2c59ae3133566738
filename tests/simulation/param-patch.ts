// What a tap on a control of params.yaml sends: a one-line patch against the revision the server names.
import { setParam } from '#pipeline-core';
import type { Patch } from '#session-core/model/client-commands.ts';
import type { Person } from './participant.ts';
import type { Tap } from './suggestions.ts';

interface Files {
  readonly revision: number;
  readonly files: Readonly<Record<string, string>>;
}

/** The one-line patch that a tap on a control makes, against the revision the server names; null where it says so already. */
export async function tapPatch(url: string, person: Person, tap: Tap): Promise<Patch | null> {
  const response = await fetch(`${url}/api/sessions/${person.sessionId}/files`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
  if (!response.ok) throw new Error(`GET files answered ${response.status}`);
  const { revision, files } = (await response.json()) as Files;
  const before = files['params.yaml'] ?? '';
  const after = setParam(before, tap.key, parse(tap.value));
  const old = before.split('\n');
  const line = after.split('\n').findIndex((text, index) => text !== old[index]);
  if (line < 0) return null;
  const hunks = [{ fromLine: line + 1, removed: [old[line]!], added: [after.split('\n')[line]!] }];
  return { revision, files: [{ path: 'params.yaml', hunks }] };
}

const parse = (value: string): string | number | boolean =>
  value === 'true' ? true : value === 'false' ? false : Number.isNaN(Number(value)) ? value : Number(value);
