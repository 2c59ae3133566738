// What makes a folder with a workspace a project that others can go on with: package.json and its lock, make, Docker,
// continuous integration, hooks, types for editors, tests. After Cookiecutter Data Science; README.md says where it differs.
// Invariant: nothing runs by itself when somebody installs, clones or opens it; every version is exact; nothing of a registry
// is needed to run, test, reproduce or serve: what checks types and format alone comes from one.

import { BIOME_CONFIG, COMPILER_OPTIONS } from '#sandbox/index.ts';
import { checkTools, lockedTools } from './check-tools.ts';

type Files = Readonly<Record<string, string>>;

const START = 'libraries/workshop/start.js';
/** Versions of Node that the repository is tested with. */
const NODES = [20, 22, 24] as const;

export interface Library {
  readonly name: string;
  readonly version: string;
}

export interface ProjectFacts {
  readonly libraries: readonly Library[];
  /** As SPDX names it, or what package.json says of none. */
  readonly license: string;
  readonly hasTable: boolean;
}

export function projectFiles(facts: ProjectFacts): Files {
  return {
    'package.json': packageJson(facts),
    'package-lock.json': packageLock(facts),
    Makefile: MAKEFILE,
    Dockerfile: dockerfile(facts),
    '.dockerignore': 'node_modules\n.git\n',
    '.github/workflows/ci.yml': workflow(facts),
    '.githooks/pre-commit': '#!/bin/sh\nexec npm run --silent check -- --staged\n',
    '.pre-commit-config.yaml': PRE_COMMIT,
    '.dvc/config': '',
    '.dvc/.gitignore': '/config.local\n/tmp\n/cache\n',
    'tsconfig.json': TSCONFIG,
    'biome.json': BIOME,
    'tests/repository.test.mjs': TESTS,
  };
}

const SCRIPTS = {
  start: `node ${START}`,
  test: `node ${START} --test`,
  check: `node ${START} --check`,
  fix: 'biome check --write',
  reproduce: `node ${START} --reproduce`,
  serve: `node ${START} --serve`,
  hooks: `node ${START} --hooks`,
  repro: `node ${START} dvc repro`,
  crowd: 'node libraries/crowd/crowd.mjs',
};

const ABOUT = { name: 'crowd-pipeline', version: '1.0.0' } as const;
const ENGINES = { node: '>=20.6' } as const;
const dependenciesOf = ({ libraries }: ProjectFacts) =>
  Object.fromEntries(libraries.map(({ name }) => [name, `file:libraries/${name}`]));

function packageJson(facts: ProjectFacts): string {
  const { license } = facts;
  return jsonText({
    ...ABOUT,
    private: true,
    license,
    type: 'module',
    engines: ENGINES,
    scripts: SCRIPTS,
    dependencies: dependenciesOf(facts),
    devDependencies: checkTools(),
  });
}

/**
 * As npm writes it. The libraries are local packages: `npm ci --omit=dev` links them without asking any registry. What checks
 * the code is for development.
 */
function packageLock(facts: ProjectFacts): string {
  const { libraries, license } = facts;
  const packages = {
    '': {
      ...ABOUT,
      license,
      dependencies: dependenciesOf(facts),
      devDependencies: checkTools(),
      engines: ENGINES,
    },
    ...Object.fromEntries(libraries.map(({ name, version }) => [`libraries/${name}`, { version, license: 'MIT' }])),
    ...inOrder({
      ...lockedTools(),
      ...Object.fromEntries(
        libraries.map(({ name }) => [`node_modules/${name}`, { resolved: `libraries/${name}`, link: true }]),
      ),
    }),
  };
  return jsonText({ ...ABOUT, lockfileVersion: 3, requires: true, packages });
}

const inOrder = (entries: Readonly<Record<string, object>>) =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));

const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

const MAKEFILE = `# The same as the scripts of package.json, for those who type make.
.PHONY: install run test check fix reproduce serve hooks docker

# npm writes it at its end: it installs again only after package-lock.json has changed.
INSTALLED := node_modules/.package-lock.json

$(INSTALLED): package-lock.json
	npm ci --ignore-scripts

install: $(INSTALLED)

run: install
	npm start

test: install
	npm test

check: install
	npm run check

fix: install
	npm run fix

reproduce: install
	npm run reproduce

serve: install
	npm run serve

hooks: install
	npm run hooks

docker:
	docker build -t crowd-pipeline .
	docker run --rm -p 8080:8080 crowd-pipeline
`;

const dockerfile = ({
  hasTable,
}: ProjectFacts): string => `# Runs the pipeline once and serves its model: docker build -t crowd-pipeline . && docker run -p 8080:8080 crowd-pipeline
FROM node:${process.versions.node}-slim
WORKDIR /app
COPY . .
${hasTable ? '' : '# The table is not in the repository: put it into data/raw first.\n'}RUN npm ci --omit=dev --ignore-scripts && npm start
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
USER node
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT).then(({ ok }) => process.exit(ok ? 0 : 1))"]
CMD ["node", "${START}", "--serve"]
`;

function workflow({ hasTable }: ProjectFacts): string {
  const step = (command: string, when = '') => `      - run: ${command}${when === '' ? '' : `\n        if: ${when}`}`;
  const table = hasTable ? '' : "hashFiles('data/raw/*.csv') != ''";
  const lock = ["hashFiles('dvc.lock') != ''", table].filter((part) => part !== '').join(' && ');
  const job = (name: string, steps: readonly string[]) => `  ${name}:
    runs-on: ubuntu-24.04
    strategy:
      fail-fast: false
      matrix:
        node: [${NODES.join(', ')}]
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
${steps.join('\n')}
`;
  // Two jobs: what the checks find keeps nobody from seeing whether the pipeline runs. What npm start writes is the lock that
  // reproduce compares with: it comes last.
  return `name: pipeline
on: [push, pull_request]
permissions:
  contents: read
jobs:
${job('checks', [step('npm ci --ignore-scripts'), step('npm run check')])}${job('pipeline', [
  step('npm ci --omit=dev --ignore-scripts'),
  step('npm run reproduce', lock),
  step('npm test', table),
  step('npm start', table),
])}`;
}

const PRE_COMMIT = `# With pre-commit (https://pre-commit.com): pre-commit install. Without it: npm run hooks.
repos:
  - repo: local
    hooks:
      - id: check
        name: npm run check
        entry: npm run --silent check
        language: system
        pass_filenames: false
`;

/** The rules that patches are checked by in a session. */
const TSCONFIG = jsonText({
  compilerOptions: COMPILER_OPTIONS,
  files: ['libraries/workshop/globals.d.ts'],
  // The second: what params.yaml holds, written by npm start and npm run check.
  include: ['**/*.ts', '.types/*.d.ts'],
  exclude: ['node_modules', 'libraries'],
});
const BIOME = jsonText({ ...BIOME_CONFIG, files: { includes: ['**/*.ts', '!libraries', '!.types'] } });

const TESTS = `// What holds for any pipeline of this repository: npm test runs it after the stages of tests.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const schema = JSON.parse(readFileSync('references/schema.json', 'utf8'));
const folder = 'data/raw';
const tables = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.csv')) : [];

/** Fields of one line of a CSV file. */
function fields(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, field]) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

test('references/schema.json names the columns of the table', { skip: tables.length === 0 }, () => {
  const [header] = readFileSync(\`\${folder}/\${tables[0]}\`, 'utf8').split(/\\r?\\n/, 1);
  const known = new Set(fields(\`\${header},\`));
  for (const { name } of schema.columns) assert.ok(known.has(name), name);
});

test('every metric is a finite number', { skip: !existsSync('reports/metrics.json') }, () => {
  const visit = (value) => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
    else assert.ok(Number.isFinite(value), String(value));
  };
  visit(JSON.parse(readFileSync('reports/metrics.json', 'utf8')));
});
`;
