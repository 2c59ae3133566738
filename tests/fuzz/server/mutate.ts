// Small and large damage to bytes, texts and JSON values, from a seed.
import type { Random } from '../../support/seeded.ts';

const NASTY = [
  '',
  '\0',
  '\ud800',
  '\u202e',
  '__proto__',
  'constructor',
  '-1',
  '1e999',
  'NaN',
  '9'.repeat(400),
  '[[[[[[[[[[[[[[[[',
  '{"a":',
  '%00',
  '%E0%A4%A',
  '../../etc/passwd',
  '\r\nX-Fuzz: 1',
  '<script>alert(1)</script>',
  '=cmd|x',
  '&a *a',
  '!!js/function',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: DVC's template
  '${item}',
  '- - - - - -',
  'x'.repeat(3_000),
] as const;
const NUMBERS = [0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, Number.MIN_VALUE] as const;

/** One to eight changes: a flipped bit, a piece cut out, doubled, moved or replaced. */
export function damagedBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let made = [...bytes];
  for (let n = 1 + random.below(8); n > 0; n -= 1) {
    const at = random.below(made.length + 1);
    const length = random.below(random.chance(0.8) ? 8 : 400);
    const piece = made.slice(at, at + length);
    switch (random.below(6)) {
      case 0:
        if (at < made.length) made[at] = (made[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        made.splice(at, length);
        break;
      case 2:
        made.splice(at, 0, ...piece);
        break;
      case 3:
        made = made.slice(0, at);
        break;
      case 4:
        made.splice(at, 0, ...Array.from({ length: random.below(8) }, () => random.below(256)));
        break;
      default:
        // The largest numbers that the protocols' variable lengths can say.
        made.splice(at, random.below(3), ...Array.from({ length: 1 + random.below(9) }, () => 255), 127);
    }
  }
  return Uint8Array.from(made.slice(0, 300_000));
}

/** By lines and by characters, as a person or a program mistypes. */
export function damagedText(random: Random, text: string): string {
  const lines = text.split('\n');
  for (let n = 1 + random.below(4); n > 0; n -= 1) {
    const at = random.below(lines.length + 1);
    const line = lines[at] ?? '';
    const within = random.below(line.length + 1);
    switch (random.below(6)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.splice(at, 0, lines[random.below(lines.length)] ?? '');
        break;
      case 2:
        lines[at] = line.slice(0, within) + random.one(NASTY) + line.slice(within);
        break;
      case 3:
        lines[at] = `${' '.repeat(random.below(9))}${line.trim()}`;
        break;
      case 4:
        lines[at] = line.slice(0, within) + line.slice(within + 1 + random.below(3));
        break;
      default:
        lines[at] = line.replace(/[:,;"']/, () =>
          random.one([':', ': ', ',', ';', '"', "'", '|', '>', '{', '[', '\t']),
        );
    }
  }
  return lines.join('\n');
}

/** A value of JSON that is not what somebody expects. */
export function oddValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 5 : 8)) {
    case 0:
      return random.one(NASTY);
    case 1:
      return random.one(NUMBERS);
    case 2:
      return random.chance(0.5);
    case 3:
      return null;
    case 4:
      return random.one(['r1', 's1', 'p1', 'README.md', 'params.yaml', 'src/train.ts', '1-start']);
    case 5:
      return Array.from({ length: random.below(6) }, () => oddValue(random, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [
          random.one(['text', 'patch', 'files', 'path', 'id', 'type', '__proto__', 'toString', 'a']),
          oddValue(random, depth + 1),
        ]),
      );
  }
}

/** The value with some of its parts replaced, missing or doubled. */
export function damagedValue(random: Random, value: unknown): unknown {
  if (random.chance(0.15)) return oddValue(random);
  if (Array.isArray(value)) {
    const list = value.map((each) => damagedValue(random, each));
    return random.chance(0.1) ? [...list, ...list] : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(() => !random.chance(0.1));
  const made = Object.fromEntries(entries.map(([key, each]) => [key, damagedValue(random, each)]));
  return random.chance(0.15) ? { ...made, [random.one(['extra', '__proto__', 'type'])]: oddValue(random) } : made;
}
