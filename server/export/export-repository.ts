// The exported repository of a session: its history, the visible rows, and the libraries its code imports, so that the
// stages run in plain Node without this app.
// Invariant: the hold-out set is in no commit; no file of the workspace is one that npm, git or an editor obeys.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionReadings } from '../session/session-api.ts';
import { historyOf } from './commit-history.ts';
import { createRepository, type ObjectName } from './git-bundle.ts';
import { withLegalNames } from './legal-names.ts';

type Files = Readonly<Record<string, string>>;

const START = 'libraries/workshop/start.js';
const NOTICES = 'THIRD_PARTY_NOTICES.txt';
/** Installing runs nothing that somebody wrote. */
const NPM_SETTINGS = 'ignore-scripts=true\n';
/** The same bytes on every machine: git does not change line ends. */
const ATTRIBUTES = '* -text\n';
const IGNORED = ['node_modules/', 'data/processed/', 'models/', 'reports/'];

interface Enclosed {
  /** Folder whose node_modules hold the guest libraries as JavaScript, with the licences of what they are made of. */
  readonly outside: string;
  /** Whose the table is; '' where nothing is to be said. */
  readonly notice: string;
  /** Whether the visible rows are in it. */
  readonly inRepository: boolean;
}

/** null: there is no text yet. */
export async function repositoryOf(session: SessionReadings, enclosed: Enclosed): Promise<Buffer | null> {
  const repository = createRepository();
  const libraries = librariesOf(enclosed);
  const tables = enclosed.inRepository ? session.tables() : { 'data/raw/README.md': withoutTable(session) };
  const ignored = enclosed.inRepository ? IGNORED : [...IGNORED, 'data/raw/*.csv'];
  const refs: Record<string, ObjectName> = {};
  let head: ObjectName | null = null;
  for (const step of historyOf(session.state(), session.view())) {
    const read = await session.files(step.revision);
    if (read === null) continue;
    const around = {
      ...libraries,
      ...tables,
      '.gitattributes': ATTRIBUTES,
      '.gitignore': `${ignored.join('\n')}\n`,
      '.npmrc': NPM_SETTINGS,
      'package.json': packageJson(),
    };
    // Nothing of the workspace takes the place of what is ours.
    const tree = repository.tree({ ...withLegalNames(read.files), ...around });
    head = repository.commit({ ...step, tree, parent: head });
    for (const run of step.runs) refs[`refs/tags/run-${run}`] = head;
  }
  return head === null ? null : repository.bundle(head, { 'refs/heads/main': head, ...refs });
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

/** As local packages: `npm install` links them without any registry. Their licences go with them. */
function librariesOf({ outside, notice }: Enclosed): Files {
  const root = join(outside, 'node_modules');
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const libraries = Object.fromEntries(
    found.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`libraries/${path.slice(root.length + 1).replaceAll('\\', '/')}`, readFileSync(path, 'utf8')];
    }),
  );
  const notices = readFileSync(join(outside, NOTICES), 'utf8');
  return { ...libraries, [NOTICES]: notice === '' ? notices : `${notice}\n\n${notices}` };
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
