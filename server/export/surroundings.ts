// What is beside the workspace in the repository: libraries, table, settings of git and npm, licences.
// Invariant: installing runs nothing that somebody wrote; licences of bundled libraries go with them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '#session-core/model/types.ts';
import type { SessionReadings } from '../session/session-api.ts';

type Files = Readonly<Record<string, string>>;

const START = 'libraries/workshop/start.js';
const NOTICES = 'THIRD_PARTY_NOTICES.txt';
const NPM_SETTINGS = 'ignore-scripts=true\n';
/** The same bytes on every machine: git does not change line ends. */
const ATTRIBUTES = '* -text\n';
const IGNORED = ['node_modules/', 'data/processed/', 'models/', 'reports/'];

export interface Enclosed {
  /** Folder whose node_modules hold the guest libraries as JavaScript, with the licences of what they are made of. */
  readonly outside: string;
  /** Whose the table is; '' where nothing is to be said. */
  readonly notice: string;
  /** Whether the visible rows are in it. */
  readonly inRepository: boolean;
}

/** Path -> text. @param task whose visible rows */
export function surroundings(session: SessionReadings, enclosed: Enclosed, task: Id): Files {
  const ignored = enclosed.inRepository ? IGNORED : [...IGNORED, 'data/raw/*.csv'];
  return {
    ...librariesOf(enclosed),
    ...(enclosed.inRepository ? session.tables(task) : { 'data/raw/README.md': withoutTable(session) }),
    '.gitattributes': ATTRIBUTES,
    '.gitignore': `${ignored.join('\n')}\n`,
    '.npmrc': NPM_SETTINGS,
    'package.json': packageJson(),
  };
}

/** What to put where, so that the stages run: the table was left out by whoever brought it. */
function withoutTable(session: SessionReadings): string {
  const files = session.data().map(({ path, rows, sha256 }) => `- \`${path}\`: ${rows} rows, SHA-256 \`${sha256}\``);
  const columns = session.course().schema.columns.map(({ name, type, label, unit, levels }) => {
    const words = levels === undefined ? '' : `, one of ${levels.map((level) => JSON.stringify(level)).join(', ')}`;
    return `- \`${name}\` (${type}${words}): ${label}${unit === undefined ? '' : `, ${unit}`}`;
  });
  return `# The table is not in this repository

Whoever brought it to the session kept it. To run the stages, put a copy of the visible rows here, or any other rows with
these columns, as CSV with commas. Git ignores it.

${files.join('\n')}

## Columns

${columns.join('\n')}
`;
}

/** Read once: they do not change while the server runs. */
const readBefore = new Map<string, Files>();

/** As local packages: `npm install` links them without any registry. Their licences go with them. */
function librariesOf({ outside, notice }: Enclosed): Files {
  const known = readBefore.get(outside);
  const libraries = known ?? readLibraries(outside);
  readBefore.set(outside, libraries);
  const { [NOTICES]: notices = '' } = libraries;
  return { ...libraries, [NOTICES]: notice === '' ? notices : `${notice}\n\n${notices}` };
}

function readLibraries(outside: string): Files {
  const root = join(outside, 'node_modules');
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const libraries = Object.fromEntries(
    found.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`libraries/${path.slice(root.length + 1).replaceAll('\\', '/')}`, readFileSync(path, 'utf8')];
    }),
  );
  return { ...libraries, [NOTICES]: readFileSync(join(outside, NOTICES), 'utf8') };
}

/** `npm start` runs the stages, each after those it reads from, `npm test` those of tests; `npm run repro` lets DVC find which are needed. */
function packageJson(): string {
  const names = ['danfojs', 'pipeline-core', 'workshop'];
  return `${JSON.stringify(
    {
      name: 'crowd-pipeline',
      private: true,
      type: 'module',
      engines: { node: '>=20.6' },
      scripts: { start: `node ${START}`, test: `node ${START} --test`, repro: `node ${START} dvc repro` },
      dependencies: Object.fromEntries(names.map((name) => [name, `file:libraries/${name}`])),
    },
    null,
    2,
  )}\n`;
}
