// Words that may not come back: metaphors and private words that the vocabulary of session-core/SPEC.md replaced.
// Looked for in the names of files, in identifiers (by their parts: `aliasLength` has `alias`), comments, sentences and docs.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url);

interface Rule {
  readonly word: RegExp;
  readonly better: string;
  /** Files in which the word has another meaning. */
  readonly except?: RegExp;
}

/** Compared with each part of an identifier and each word of a sentence, in lower case. */
const WORDS: readonly Rule[] = [
  { word: /^wheels?$/, better: 'driver, driver role', except: /^app\/_features\/editor\/live-code/ },
  { word: /^seats?$/, better: 'driver, driver role' },
  {
    word: /^alias(es)?$/,
    better: 'display name',
    // Of modules, hosts and YAML.
    except:
      /^(tests\/pipeline-core\/workspace\/yaml-node|sandbox\/guest\/ambient|scripts\/|vitest\.config\.ts|sandbox\/build\/|tsconfig|knip\.json|sandbox\/workspace\/|pipeline-core\/core\/yaml)/,
  },
  { word: /^knobs?$/, better: 'parameter, control' },
  { word: /^twins?$/, better: 'duplicate (of a patch), synthetic (of a row)' },
  { word: /^sealed$/, better: 'hold-out' },
  { word: /^houses?$/, better: 'server, internal', except: /foreign-csv/ },
  { word: /^doors?$/, better: 'route, handler, socket' },
  { word: /^told$/, better: 'reported, shown, sent' },
  { word: /^rungs?$/, better: 'recipe' },
  { word: /^ladders?$/, better: 'scores of the recipes, checkpoints' },
  { word: /^ruler$/, better: 'evaluation protocol' },
  { word: /^beamers?wall$/, better: 'projector view' },
];

/** Looked for in each line. */
const PHRASES: readonly Rule[] = [
  { word: /\btake[sn]? home\b/i, better: 'export, repository' },
  { word: /\blearned by heart\b/i, better: 'overfit' },
  { word: /\bRUNS IN\b/, better: 'nothing: the folder says it' },
  { word: /\bLaw:/, better: 'Invariant:' },
  { word: /\bthe law\b/i, better: 'the rules, the specification' },
  { word: /\bthe room wants\b/i, better: 'Top suggestions' },
  { word: /\bon the wall\b/i, better: 'in the projector view' },
  { word: /\bfirst words?\b/i, better: 'initial messages' },
  { word: /\bseat belt\b/i, better: 'safeguard' },
  { word: /\bstands? (in(?! for)|beside|behind|there|under|twice)\b/i, better: 'is' },
];

const TEXT = /\.(ts|tsx|js|mjs|css|md|json|yaml|yml)$/;
const SKIPPED =
  /^(package-lock\.json|session-core\/SPEC\.md|tests\/words\.test\.ts|sandbox\/vendor\/|tests\/reference\/|CHANGELOG\.md|THIRD_PARTY_NOTICES)/;

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && TEXT.test(path) && !SKIPPED.test(path));

/** `displayName`, `display-name`, `DISPLAY_NAME`: display, name. */
const partsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');

function found(text: string, path: string): readonly string[] {
  const apply = (rules: readonly Rule[]) => rules.filter(({ except }) => except?.test(path) !== true);
  const parts = partsOf(text);
  return [
    ...apply(WORDS).flatMap(({ word, better }) =>
      parts.filter((part) => word.test(part)).map((part) => `"${part}": ${better}`),
    ),
    ...apply(PHRASES).flatMap(({ word, better }) => {
      const [phrase] = word.exec(text) ?? [];
      return phrase === undefined ? [] : [`"${phrase}": ${better}`];
    }),
  ];
}

it('finds a word in names, identifiers and sentences', () => {
  expect(found('server/http/no-such-door.ts', '')).toEqual(['"door": route, handler, socket']);
  expect(found('const aliasLength = MOST_TWINS;', '')).toHaveLength(2);
  expect(found('// Law: the seat is one.', '')).toHaveLength(2);
  expect(found('resolve: { alias: paths }', 'vitest.config.ts')).toEqual([]);
  expect(found('Die Erklärung der Führung', '')).toEqual([]);
  expect(found('A doorway, a seating plan and a household are other words.', '')).toEqual([]);
});

it('is used in no file', () => {
  const hits = tracked.flatMap((path) => [
    ...found(path, path).map((hit) => `${path}: name: ${hit}`),
    ...readFileSync(new URL(path, root), 'utf8')
      .split('\n')
      .flatMap((line, i) => found(line, path).map((hit) => `${path}:${i + 1}: ${hit}`)),
  ]);
  expect(hits).toEqual([]);
});
