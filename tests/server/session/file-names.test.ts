// A patch that brings a name which cannot exist beside the others is refused with the reason, when sent and when accepted.
import { afterEach, expect, it } from 'vitest';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { joinAs, openSessions, type Person } from '../../support/registry-kit.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

const creates = (path: string) => ({
  revision: 1,
  files: [{ path, hunks: [{ fromLine: 1, removed: [], added: ['x'] }] }],
});

it('refuses a file beside another of that name, and a revert that would bring one', async () => {
  const { kit, session, host } = await open();
  const say = async (person: Person, command: ClientCommand) => {
    const ack = person.say(command);
    await kit.clock.advance(60);
    return ack;
  };
  const joining = joinAs(session, 'Calm Otter');
  await kit.clock.advance(60);
  const otter = await joining;
  const refused = (part: string, why: string) => ({
    ok: false,
    rejection: { code: 'patch_invalid', fault: 'file_name', why, part },
  });
  const add = (path: string) => say(otter, { type: 'suggestion.add', text: `Add ${path}`, patch: creates(path) });
  expect(await add('Params.yaml')).toMatchObject(refused('Params.yaml', 'same_name'));
  expect(await add('params.yaml/x')).toMatchObject(refused('params.yaml', 'folder'));

  const added = await add('notes');
  const other = await add('notes/a.md');
  if (!added.ok || !other.ok) throw new Error('The first of two such patches is no fault.');
  expect(await say(host, { type: 'suggestion.accept', suggestion: other.about! })).toMatchObject({ ok: true });
  expect(await say(host, { type: 'suggestion.accept', suggestion: added.about! })).toMatchObject(
    refused('notes', 'folder'),
  );
  expect(await say(host, { type: 'suggestion.unaccept', suggestion: other.about! })).toMatchObject({ ok: true });
  expect(await say(host, { type: 'suggestion.accept', suggestion: added.about! })).toMatchObject({ ok: true });
});
