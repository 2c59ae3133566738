// What is beside the workspace in the repository: libraries, table, project files, references, settings of git, licences.
// Invariant: installing runs nothing that somebody wrote; licences of bundled libraries go with them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { License } from '#session-core/model/licenses.ts';
import type { Id } from '#session-core/model/types.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { dataDictionary, schemaJson, tableLines } from './project/data-dictionary.ts';
import { licenseText } from './project/license.ts';
import { projectFiles } from './project/project-files.ts';

type Files = Readonly<Record<string, string>>;

const NOTICES = 'THIRD_PARTY_NOTICES.txt';
const NPM_SETTINGS = 'ignore-scripts=true\n';
/** The same bytes on every machine: git does not change line ends. */
const ATTRIBUTES = '* -text\n';
const IGNORED = ['node_modules/', '.types/', 'data/processed/', 'models/', 'reports/*'];

export interface Enclosed {
  /** Folder whose node_modules hold the guest libraries as JavaScript, with the licences of what they are made of. */
  readonly outside: string;
  /** Whose the table is; '' where nothing is to be said. */
  readonly notice: string;
  /** Whether the visible rows are in it. */
  readonly inRepository: boolean;
}

/** @param outside see Enclosed */
export function enclosedIn(session: SessionReadings, outside: string): Enclosed {
  const { notice, inRepository } = session.course().table;
  return { outside, notice, inRepository };
}

export interface About {
  readonly task: Id;
  readonly license: License;
}

/** Path -> text. @param task whose visible rows @param license as it was chosen then */
export function surroundings(session: SessionReadings, enclosed: Enclosed, { task: id, license }: About): Files {
  const { createdAt, tasks, task: current } = session.state();
  const ignored = enclosed.inRepository ? IGNORED : [...IGNORED, 'data/raw/*.csv'];
  const libraries = librariesOf(enclosed);
  const task = own(tasks, id) ?? current;
  // Neither the title nor a name: both change, and what was committed does not.
  const owner = `the participants of the session ${session.id}`;
  const text = licenseText(license, { owner, at: createdAt });
  return {
    ...libraries,
    ...(enclosed.inRepository ? session.tables(id) : { 'data/raw/README.md': withoutTable(session.tables(id)) }),
    ...projectFiles({
      libraries: versionsOf(libraries),
      license: license === 'none' ? 'UNLICENSED' : license,
      hasTable: enclosed.inRepository,
    }),
    ...(text === null ? {} : { LICENSE: text }),
    'references/data-dictionary.md': dataDictionary(session, task),
    'references/schema.json': schemaJson(session, task),
    '.gitattributes': ATTRIBUTES,
    '.gitignore': `${ignored.join('\n')}\n`,
    '.npmrc': NPM_SETTINGS,
  };
}

function versionsOf(libraries: Files) {
  return Object.entries(libraries).flatMap(([path, text]) => {
    if (!/^libraries\/[^/]+\/package\.json$/.test(path)) return [];
    const { name, version } = JSON.parse(text) as { name: string; version: string };
    return [{ name, version }];
  });
}

/** What to put where, so that the stages run: the table was left out by whoever brought it. */
const withoutTable = (tables: Files): string => `# The table is not in this repository

Whoever brought it to the session kept it. To run the stages, put a copy of the visible rows here, or any other rows with
the columns of references/data-dictionary.md, as CSV with commas. Git ignores it.

${tableLines(tables).join('\n')}
`;

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
