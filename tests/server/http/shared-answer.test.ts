// What a suggestion shows of a table: answered to those who see it, and read by the word filter like its text.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
});
afterAll(() => server.close());

type Person = Awaited<ReturnType<TestServer['join']>>;
let commands = 0;
async function act(person: Person, command: ClientCommand): Promise<string> {
  commands += 1;
  const live = (await server.instance.registry.open(session.sessionId))!;
  const sender = { participant: person.participantId, tab: 'tab-of-test', commandId: `command-${commands}` };
  const ack = await live.send(command, sender);
  if (!ack.ok) throw new Error(ack.rejection.message);
  return ack.about ?? '';
}
const look = (suggestion: string, token?: string) =>
  server.ask(`/api/sessions/${session.sessionId}/suggestions/${suggestion}/answer`, token ? { token } : {});

it('is answered to everybody who sees the suggestion, on the projector too, and not for one without it', async () => {
  const [ana, ben] = [await server.join(session.joinCode, 'Ana'), await server.join(session.joinCode, 'Ben')];
  const [table = ''] = Object.keys((await server.instance.registry.open(session.sessionId))!.tables());
  const expression = { code: 'df.shape', table, as: 'table' } as const;
  const shown = await act(ana, { type: 'suggestion.add', text: 'Look at this', expression });
  expect((await look(shown, ben.token)).json).toMatchObject({ table, answer: { kind: 'text', text: 'df.shape' } });
  expect((await look(shown)).json).toMatchObject({ table, answer: { kind: 'text', text: 'df.shape' } });
  const plain = await act(ana, { type: 'suggestion.add', text: 'Without' });
  for (const none of [plain, 's9999', 'constructor'])
    for (const token of [ben.token, undefined]) expect((await look(none, token)).status).toBe(404);
});

it('is held with its text where the word filter finds something in it, and stays held when the text is edited', async () => {
  const [cleo, dan] = [await server.join(session.joinCode, 'Cleo'), await server.join(session.joinCode, 'Dan')];
  const expression = { code: "df.query('shit > 1')", table: 'data/raw/x.csv', as: 'table' } as const;
  const held = await act(cleo, { type: 'suggestion.add', text: 'Look at this', expression });
  const status = async () =>
    (await server.instance.registry.open(session.sessionId))!.state().suggestions[held]?.status;
  expect(await status()).toBe('pending');
  await act(cleo, { type: 'suggestion.edit', suggestion: held, text: 'Look at that' });
  expect(await status()).toBe('pending');
  for (const token of [dan.token, undefined]) expect((await look(held, token)).status).toBe(404);
  expect((await look(held, cleo.token)).status).toBe(200);
});
