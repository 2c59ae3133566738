// Names for people who have not chosen one: "Calm Otter". Kind, short, easy to read aloud.
import { randomInt } from 'node:crypto';

const MANNERS =
  'Amber Bold Brave Bright Calm Clever Cosy Curious Deft Eager Early Fair Fleet Gentle Glad Golden Happy Honest Keen Kind Lively Lucky Mellow Merry Mild Neat Nimble Noble Patient Polite Proud Quick Quiet Rapid Ready Silver Sleek Snug Solid Steady Sunny Swift Tidy Tranquil Warm Wise Witty Zesty'.split(
    ' ',
  );
const ANIMALS =
  'Badger Beaver Bison Bobcat Condor Crane Curlew Dolphin Dormouse Eagle Egret Falcon Ferret Finch Gazelle Gecko Grouse Hare Hedgehog Heron Ibex Jackdaw Kestrel Koala Lark Lemur Lynx Magpie Marmot Marten Moose Newt Ocelot Osprey Otter Owl Panda Petrel Plover Puffin Quail Raven Robin Salmon Seal Shrew Sparrow Stoat Swan Tapir Tern Toad Turtle Vole Walrus Weasel Wombat Wren Yak Zebra'.split(
    ' ',
  );

const one = (words: readonly string[]): string => words[randomInt(words.length)] ?? '';

/**
 * A display name that nobody in `taken` has, ignoring case. There are 2832 without a number; beyond, "Calm Otter 2".
 * At most 20 characters.
 */
export function newDisplayName(taken: Iterable<string> = []): string {
  const lower = new Set(Array.from(taken, (displayName) => displayName.toLowerCase()));
  for (let tries = 0; ; tries++) {
    const number = tries < 40 ? '' : ` ${2 + Math.floor((tries - 40) / 20)}`;
    const displayName = `${one(MANNERS)} ${one(ANIMALS)}${number}`;
    if (displayName.length <= 20 && !lower.has(displayName.toLowerCase())) return displayName;
  }
}
