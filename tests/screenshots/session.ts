// A session for the screenshots: participants, suggestions, votes, hands, better runs, a failed preview, a pinned
// suggestion; later a question, a failed run, the reveal and the end. Everything goes through the public API on synthetic
// data, so the numbers are the pipeline's own.
import { setTimeout as pause } from 'node:timers/promises';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import { hunksOf } from '#session-core/text/patch.ts';
import type { FacilitatorView } from '#session-core/view/view-types.ts';
import { tapPatch } from '../simulation/param-patch.ts';
import { facilitate, joinAs, type Person, post } from '../simulation/participant.ts';

export interface PictureSession {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly secret: string;
  readonly facilitator: Person;
  readonly people: readonly Person[];
  /** Before each picture: what expires while pictures are taken. */
  refresh(): Promise<void>;
  /** The first step of the agenda that has a tour. */
  agendaStep(kind: 'tour'): string;
  /** Pins what somebody found in the table, in place of the suggestion that was pinned. */
  look(): Promise<void>;
  /** Asks a question and answers it. */
  poll(): Promise<void>;
  /** Applies the suggestion whose preview failed, and waits for the failed run. */
  fail(): Promise<void>;
  /** Reveals the hold-out score and ends the session. */
  end(): Promise<void>;
  close(): void;
}

const DISPLAY_NAMES = [
  'Calm Otter',
  'Brisk Heron',
  'Quiet Maple',
  'Amber Fox',
  'Noor',
  'Patient Lynx',
  'Wojciech',
  'Silver Wren',
  'مريم',
  'Bold Badger',
  'Inês',
  'Swift Alder',
];

const CHANGES = [
  ['columns.failures', 'true', 'Use failures: who failed before tends to struggle again', 9],
  ['columns.higher', 'true', 'Use higher: wanting to go to university says a lot', 7],
  ['columns.Medu', 'true', 'Use Medu, the mother’s education', 6],
  ['columns.school', 'true', 'Use school: the two schools grade differently', 5],
  ['model', 'tree', 'Try one deep tree to see it overfit', 4],
] as const;

export async function createPictureSession(url: string): Promise<PictureSession> {
  const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(`${url}/api/sessions`, {
    reusableLink: true,
    title: 'Whose grades can we predict?',
  });
  const facilitator = await facilitate(url, made.sessionId, made.facilitatorSecret);
  const people: Person[] = [];
  for (const displayName of DISPLAY_NAMES) people.push(await joinAs(url, made.joinCode, displayName));
  await facilitator.until((view) => Object.values(view.runs).some((run) => run.status === 'succeeded'), 60_000);
  await facilitator.send({ type: 'driver.take' });

  const cards: string[] = [];
  for (const [i, [key, value, text, votes]] of CHANGES.entries()) {
    const author = people[i]!;
    const patch = await tapPatch(url, author, { key, value, text });
    if (patch) cards.push(await suggest(author, { text, patch, votes }, people));
  }
  // The first two are applied, each with a run of its own.
  for (const suggestion of cards.slice(0, 2)) {
    await people[5]!.send({ type: 'guess.set', value: 2.5 });
    await people[6]!.send({ type: 'guess.set', value: 2.61 });
    await people[7]!.send({ type: 'guess.set', value: 2.72 });
    await must(facilitator, { type: 'suggestion.accept', suggestion });
    await facilitator.until((view) => {
      const run = view.runs[view.suggestions[suggestion]?.accepted?.run ?? ''];
      return run?.status === 'succeeded';
    }, 60_000);
  }
  const words = 'Are the zero grades students who left? Look at absences before we change more';
  const pinned = await suggest(people[6]!, { text: words, votes: 8 }, people);
  await must(facilitator, { type: 'suggestion.pin', suggestion: pinned });
  await suggest(people[8]!, { text: 'نستخدم متوسط أفضل نموذجين', votes: 3 }, people);
  await suggest(people[7]!, { text: 'Is it fair to use the family columns? Try without them', votes: 2 }, people);
  const broken = await brokenPatch(url, people[9]!);
  const red = await suggest(
    people[9]!,
    { text: 'Log how many columns the model sees', votes: 2, patch: broken },
    people,
  );
  await facilitator.send({ type: 'preview.request', suggestion: red });
  for (const i of [3, 7, 10]) await people[i]!.send({ type: 'hand.raise' });
  await facilitator.send({ type: 'timer.set', minutes: 7 });
  await facilitator.send({ type: 'session.configure', approveFirst: true });
  await suggest(people[11]!, { text: 'Average the best two models', votes: 0 }, []);
  await facilitator.until((view) => view.suggestions[red]?.preview?.status === 'failed', 60_000);
  await facilitator.until((view) => {
    const asked = Object.values(view.suggestions).filter((card) => card.preview !== undefined);
    return asked.every(({ preview }) => preview?.status !== 'queued' && preview?.status !== 'running');
  }, 60_000);
  return {
    sessionId: made.sessionId,
    joinCode: made.joinCode,
    secret: made.facilitatorSecret,
    facilitator,
    people,
    refresh: async () => {
      if (facilitator.view().status === 'ended') return;
      // Answers about the pace expire within a minute.
      for (const [i, value] of (['fine', 'fine', 'lost', 'fine', 'fast'] as const).entries())
        await people[i]?.send({ type: 'pulse.set', value });
      // A picture of the driver's page moved the driver role to its window, which is closed again.
      if (facilitator.view().driver === null) await facilitator.send({ type: 'driver.take' });
    },
    agendaStep: () => {
      const { agenda } = facilitator.view() as FacilitatorView;
      const found = agenda.order.find((step) => agenda.steps[step]?.show !== undefined);
      if (found === undefined) throw new Error('the course has no tour');
      return found;
    },
    look: async () => {
      const code = "df.groupby(['failures']).col(['G3']).mean()";
      const expression = { code, table: 'data/raw/students.csv', as: 'chart' } as const;
      const text = 'Look at this: who failed a class before gets lower grades';
      const shown = await suggest(people[0]!, { text, votes: 0, expression }, []);
      await must(facilitator, { type: 'suggestion.approve', suggestion: shown });
      for (const person of people.slice(1, 6)) await must(person, { type: 'suggestion.upvote', suggestion: shown });
      await must(facilitator, { type: 'suggestion.pin', suggestion: shown });
    },
    poll: async () => {
      const choices = ['Only prepare', 'Train and evaluate', 'All of them'];
      const question = 'If we change only the model, which stages run again?';
      await must(facilitator, { type: 'poll.open', question, choices });
      const { polls } = await facilitator.until((view) => Object.keys(view.polls).length > 0);
      const [poll = ''] = Object.keys(polls);
      for (const [i, person] of people.slice(1).entries())
        await must(person, {
          type: 'poll.answer',
          poll,
          choice: i % 4 === 0 ? 0 : i % 5 === 0 ? 2 : 1,
        });
      await must(facilitator, { type: 'scene.show', scene: 'poll' });
    },
    fail: async () => {
      await must(facilitator, { type: 'driver.take' });
      await must(facilitator, { type: 'suggestion.accept', suggestion: red });
      await facilitator.until(
        (view) => Object.values(view.runs).some(({ kind, status }) => kind === 'main' && status === 'failed'),
        60_000,
      );
    },
    end: async () => {
      await must(facilitator, { type: 'suggestion.unaccept', suggestion: red });
      await facilitator.until(
        (view) => Object.values(view.runs).every(({ status }) => status !== 'queued' && status !== 'running'),
        60_000,
      );
      await must(facilitator, { type: 'holdout.reveal' });
      await pause(COUNTDOWN_MS);
      await must(facilitator, { type: 'session.end' });
    },
    close: () => {
      for (const person of [facilitator, ...people]) person.close();
    },
  };
}

/** Longer than the reveal counts down. */
const COUNTDOWN_MS = 8_000;

type Patch = NonNullable<Awaited<ReturnType<typeof tapPatch>>>;

async function suggest(
  author: Person,
  wanted: {
    readonly text: string;
    readonly votes: number;
    readonly patch?: Patch;
    readonly expression?: SharedExpression;
  },
  voters: readonly Person[],
): Promise<string> {
  const { votes, ...suggestion } = wanted;
  const ack = await must(author, { type: 'suggestion.add', ...suggestion });
  const added = ack.about ?? '';
  const others = voters.filter((person) => person !== author);
  for (const person of others.slice(0, Math.max(0, votes - 1)))
    await must(person, { type: 'suggestion.upvote', suggestion: added });
  return added;
}

async function must(person: Person, command: Parameters<Person['send']>[0]) {
  const ack = await person.send(command);
  if (!ack.ok) throw new Error(`${command.type} was refused: ${ack.rejection.message}`);
  return ack;
}

/** Code that fails when it runs, so that a red preview can be seen. */
async function brokenPatch(url: string, author: Person): Promise<Patch> {
  const response = await fetch(`${url}/api/sessions/${author.sessionId}/files`, {
    headers: { authorization: `Bearer ${author.token}` },
  });
  const { revision, files } = (await response.json()) as { revision: number; files: Record<string, string> };
  const before = files['src/train.ts'] ?? '';
  const after = `${before.trimEnd()}\nconsole.log(students.colums.length);\n`;
  return { revision, files: [{ path: 'src/train.ts', hunks: [...hunksOf(before, after)] }] };
}
