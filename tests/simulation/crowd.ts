// A simulated crowd: people who suggest, change parameters, vote, raise hands and guess.
// Invariant: everything goes through the public API; the seed decides what each person does, the clock decides when.
import { createRng, type Rng } from '#pipeline-core';
import { rankSuggestions } from '#session-core/client/selectors.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import { tapPatch } from './param-patch.ts';
import { joinAs, type Person } from './participant.ts';
import { suggestionsInOrder } from './suggestions.ts';

export interface Tally {
  acks: number;
  refused: Record<string, number>;
}

export interface Crowd {
  readonly people: readonly Person[];
  readonly tally: Tally;
  stop(): void;
}

export function count(tally: Tally, ack: Ack): Ack {
  if (ack.ok) tally.acks++;
  else tally.refused[ack.rejection.code] = (tally.refused[ack.rejection.code] ?? 0) + 1;
  return ack;
}

/** `size` people join by `code` and stay active until `stop`. At `pace` 1 each acts every 1.5 to 6.5 seconds. */
export async function joinCrowd(
  url: string,
  code: string,
  options: { size: number; seed: number; pace?: number },
): Promise<Crowd> {
  const { size, seed, pace = 1 } = options;
  const rng = createRng(seed);
  const names = displayNames(rng, size);
  const people: Person[] = [];
  // Twenty at a time, as an audience does when the QR code appears.
  for (let from = 0; from < size; from += 20) {
    people.push(
      ...(await Promise.all(names.slice(from, from + 20).map((displayName) => joinAs(url, code, displayName)))),
    );
  }
  const tally: Tally = { acks: 0, refused: {} };
  const suggestions = [...suggestionsInOrder(seed)];
  const timers = new Set<NodeJS.Timeout>();
  let over = false;
  const later = (ms: number, act: () => Promise<void>) => {
    if (over) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      act().catch((error: unknown) => {
        if (!over) throw error;
      });
    }, ms);
    timers.add(timer);
  };

  const suggest = async (person: Person) => {
    const suggestion = suggestions.shift();
    if (suggestion === undefined) return;
    if (typeof suggestion === 'string') {
      count(tally, await person.send({ type: 'suggestion.add', text: suggestion }));
      return;
    }
    const patch = await tapPatch(url, person, suggestion);
    if (patch) count(tally, await person.send({ type: 'suggestion.add', text: suggestion.text, patch }));
  };
  const vote = async (person: Person, mine: Rng) => {
    const open = rankSuggestions(person.view(), 'popular').filter(
      (each) => each.status === 'open' && each.author !== person.participant && !person.you()?.votes.includes(each.id),
    );
    // People read from the top: a popular suggestion is the likeliest to get the next vote.
    const chosen = open[Math.floor(mine.next() ** 1.6 * open.length)];
    if (chosen) count(tally, await person.send({ type: 'suggestion.upvote', suggestion: chosen.id }));
  };
  const actAgain = (person: Person, mine: Rng) => async () => {
    const roll = mine.next();
    if (roll < 0.1) await suggest(person);
    else if (roll < 0.8) await vote(person, mine);
    else if (roll < 0.88)
      count(tally, await person.send({ type: 'guess.set', value: Math.round((2.3 + 0.5 * mine.next()) * 100) / 100 }));
    else if (roll < 0.93)
      count(tally, await person.send(person.you()?.hand ? { type: 'hand.lower' } : { type: 'hand.raise' }));
    else
      count(
        tally,
        await person.send({ type: 'pulse.set', value: roll < 0.95 ? 'lost' : roll < 0.97 ? 'fast' : 'fine' }),
      );
    later((1_500 + 5_000 * mine.next()) / pace, actAgain(person, mine));
  };
  people.forEach((person, index) => {
    const mine = rng.fork(index);
    // The first few suggest at once, so that the queue is not empty for long.
    if (index < 8) later((200 + 350 * index) / pace, () => suggest(person));
    later((1_000 + 3_000 * mine.next()) / pace, actAgain(person, mine));
  });
  return {
    people,
    tally,
    stop: () => {
      over = true;
      for (const timer of timers) clearTimeout(timer);
      for (const person of people) person.close();
    },
  };
}

const MOODS = ['Calm', 'Bright', 'Quick', 'Quiet', 'Brave', 'Merry', 'Keen', 'Gentle', 'Sunny', 'Witty'];
const ANIMALS = [
  'Otter',
  'Heron',
  'Lynx',
  'Finch',
  'Badger',
  'Marten',
  'Plover',
  'Hare',
  'Newt',
  'Kite',
  'Robin',
  'Tern',
];

function displayNames(rng: Rng, size: number): string[] {
  const names = MOODS.flatMap((mood) => ANIMALS.map((animal) => `${mood} ${animal}`));
  return Array.from({ length: size }, (_, index) => {
    const name = names.splice(rng.int(names.length), 1)[0];
    return name ?? `Guest ${index}`;
  });
}
