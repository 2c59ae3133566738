// A session in which people typed hostile texts wherever anything can be typed. What the server refuses is refused: the
// answer must be a sentence, and everything else stays as it is.
import type { ClientCommand, Hunk } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { facilitate, joinAs, type Person, post } from '../simulation/participant.ts';

export interface HostileSession {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly facilitator: Person;
  readonly people: readonly Person[];
  /** Everything of it that somebody typed, as the facilitators' view has it. */
  texts(): readonly string[];
  close(): void;
}

/** No answer to a text, whatever it holds. */
const OUR_FAULT = /^(busy|storage_unavailable|failed|not_joined|removed|session_ended)?$/;

export async function fillSession(
  url: string,
  made: { readonly sessionId: string; readonly joinCode: string; readonly secret: string },
  strings: readonly string[],
): Promise<HostileSession> {
  const { sessionId, joinCode } = made;
  const facilitator = await facilitate(url, sessionId, made.secret);
  const send = async (person: Person, command: object): Promise<string | null> => {
    // As a program of somebody else sends it: not all of it fits the types.
    const ack = await person.send(command as ClientCommand);
    if (ack.ok) return ack.about ?? '';
    const { code, message } = ack.rejection;
    if (OUR_FAULT.test(code) || message === '') throw new Error(`${JSON.stringify(command)}: ${code} ${message}`);
    return null;
  };
  await send(facilitator, { type: 'driver.take' });
  await facilitator.until((view) => view.revision > 0);
  const people: Person[] = [];
  for (const [i, text] of strings.entries()) {
    const names = [text, [...text].slice(0, LIMITS.displayName).join(''), `Plain ${i}`];
    const joined = await firstJoin(url, joinCode, names);
    people.push(joined);
    await send(joined, { type: 'participant.credit', name: text });
    await send(joined, { type: 'hand.raise' });
  }
  const at = (i: number) => strings[i % strings.length] ?? '';
  await send(facilitator, { type: 'session.configure', title: at(0) });
  await send(facilitator, {
    type: 'agenda.add',
    after: null,
    title: at(1),
    minutes: 5,
    say: at(2),
    ask: at(3),
  });
  const closed = await send(facilitator, { type: 'poll.open', question: at(2) });
  for (const [i, person] of people.entries())
    if (closed !== null) await send(person, { type: 'poll.answer', poll: closed, text: at(i) });
  if (closed !== null) await send(facilitator, { type: 'poll.close', poll: closed });
  const choices = [at(4), at(5), at(6)];
  await send(facilitator, { type: 'poll.open', question: at(3), choices });
  await send(facilitator, { type: 'scene.show', scene: 'data', column: at(0) });

  for (const [i, person] of people.entries()) {
    const text = at(i);
    const line = text.toWellFormed().replace(/[\r\n\0\u2028\u2029]/g, ' ');
    const patch = (path: string, added: string[]) => ({
      revision: facilitator.view().revision,
      files: [{ path, hunks: [{ fromLine: 1, removed: [], added } satisfies Hunk] }],
    });
    // The text as the name of a file, which mostly is refused; and as its content.
    await send(person, { type: 'suggestion.add', text, patch: patch(text.slice(0, 60), [line]) });
    const plain = await send(person, { type: 'suggestion.add', text });
    const inFile = await send(person, {
      type: 'suggestion.add',
      text: `${text} in a file`,
      patch: i % 2 ? patch('README.md', [line]) : patch(`notes-${i}.md`, [line, `"${line}"`]),
    });
    const inParams = await send(person, {
      type: 'suggestion.add',
      text: `${text} in the parameters`,
      patch: patch('params.yaml', [`hostile${i}: ${JSON.stringify(line)} # ${line}`]),
    });
    if (inFile !== null && i % 3 === 0) await send(facilitator, { type: 'suggestion.accept', suggestion: inFile });
    if (inParams !== null && i === 0) await send(facilitator, { type: 'suggestion.accept', suggestion: inParams });
    if (plain !== null && i % 4 === 1)
      await send(facilitator, { type: 'suggestion.decline', suggestion: plain, reason: text });
    if (plain !== null && i % 4 === 2) await send(facilitator, { type: 'suggestion.pin', suggestion: plain });
    await send(person, { type: 'preview.request', suggestion: text.slice(0, 40) });
  }
  const offered = people[0]?.participant;
  if (offered !== undefined) await send(facilitator, { type: 'driver.offer', to: offered });
  return {
    sessionId,
    joinCode,
    facilitator,
    people,
    texts: () => [...new Set(typedIn(facilitator.view()))],
    close: () => {
      for (const person of [facilitator, ...people]) person.close();
    },
  };
}

/** By the first of these names that is taken. */
async function firstJoin(url: string, code: string, [name = '', ...others]: readonly string[]): Promise<Person> {
  try {
    return await joinAs(url, code, name);
  } catch (error) {
    if (others.length === 0 || !/answered (400|409|422)/.test(String(error))) throw error;
    return firstJoin(url, code, others);
  }
}

/** Each string of it: what is not typed has no letters that turn a sentence. */
function typedIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(typedIn);
}

/** A program whose output and error are the text. */
export async function runHostile({ facilitator }: HostileSession, text: string): Promise<void> {
  const quoted = JSON.stringify(text.toWellFormed());
  const author = facilitator;
  const patch = {
    revision: facilitator.view().revision,
    files: [
      {
        path: 'src/prepare.ts',
        hunks: [
          { fromLine: 2, removed: [], added: [`console.log(${quoted});`, `if (1 > 0) throw new Error(${quoted});`] },
        ],
      },
    ],
  };
  const added = await author.send({ type: 'suggestion.add', text, patch });
  if (!added.ok) throw new Error(added.rejection.message);
  const accepted = await facilitator.send({ type: 'suggestion.accept', suggestion: added.about ?? '' });
  if (!accepted.ok) throw new Error(accepted.rejection.message);
  await facilitator.until((view) => Object.values(view.runs).some(({ status }) => status === 'failed'), 60_000);
}

/** A table whose columns have these names, and a number to predict. */
export function hostileCsv(names: readonly string[]): string {
  const cell = (text: string) => `"${text.toWellFormed().replace(/\0/g, '').replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 60 }, (_, i) => [
    String(10 + (i % 7) * 3 + (i % 2)),
    ...names.map((name, at) => (at % 2 ? String((i * (at + 3)) % 17) : cell(i % 3 ? name : `${i % 5}`))),
  ]);
  return [['target', ...names.map(cell)], ...rows].map((row) => row.join(',')).join('\n');
}

export async function makeSession(url: string, token: string | undefined, body: object = {}) {
  const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
    `${url}/api/sessions`,
    { title: 'Hostile', reusableLink: true, ...body },
    token,
  );
  return { ...made, secret: made.facilitatorSecret };
}
