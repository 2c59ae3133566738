// README.md of an exported repository: what the session asked and came to, how to run it, who made it, where what is.
import { codeSpan, plainMarkdown } from '../markdown.ts';
import { withUnit } from './numbers.ts';
import { countText, dayText, type ReportFacts } from './report-facts.ts';

/** @param files of the repository, the workspace's own README among them */
export function readme(facts: ReportFacts, files: Readonly<Record<string, string>>): string {
  const own = files['README.md'];
  const parts = [
    head(facts),
    results(facts),
    RUN,
    contents(files),
    people(facts),
    license(facts),
    ...(own === undefined ? [] : [`## The README of the workspace\n\n${own.trim()}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function head({ title, task, replay, summary, id }: ReportFacts): string {
  const people = countText(summary.people, 'person', 'people');
  return `# ${plainMarkdown(title)}

${plainMarkdown(task.sentence)}

${people} programmed this together on ${dayText(replay.from)}: ${countText(summary.suggestions, 'suggestion')}, ${summary.applied} applied,
${countText(summary.votes, 'vote')}, ${countText(summary.runs, 'run')}. Session ${codeSpan(id)} of Crowd Programming.`;
}

function results({ task, first, best, baseline, holdout, last, figures }: ReportFacts): string {
  const better = task.direction === 'lower' ? 'lower is better' : 'higher is better';
  const rows = [
    ...(baseline === undefined ? [] : [['Baseline, without any model', baseline] as const]),
    ...(first === undefined ? [] : [['First run of this evaluation', first] as const]),
    ...(best === undefined ? [] : [['Best run', best] as const]),
    ...(holdout?.at(-1) === undefined ? [] : [['Hold-out rows, last run', holdout.at(-1)!.score] as const]),
  ].map(([name, value]) => `| ${name} | ${withUnit(value, plainMarkdown(task.unit))} |`);
  const table = [`| | ${codeSpan(task.metric)}, ${better} |`, '| --- | --- |', ...rows].join('\n');
  const made =
    last === null
      ? 'No run has succeeded yet.'
      : `\`dvc.lock\` and the metrics are those of run ${last.run.number ?? ''} (revision ${last.run.revision}).`;
  const picture = figures.some(({ name }) => name === 'score')
    ? '\n\n![The score of each run](reports/figures/score.svg)'
    : '';
  return `## Results\n\n${rows.length === 0 ? 'No run has a score that counts.' : table}${picture}\n\n${made}
All of it on one page: [reports/report.html](reports/report.html), and as a notebook
[notebooks/session.ipynb](notebooks/session.ipynb).`;
}

const RUN = `## Run it

Node 20.6 or newer, tested with 20, 22 and 24.

    npm ci --ignore-scripts   # links the three libraries, and fetches TypeScript and Biome, which the checks use
    npm run reproduce         # every stage anew: same to the last bit as dvc.lock, or which out differs
    npm test                  # the stages of tests and what they read, then tests/
    npm start                 # every stage, then a new dvc.lock
    npm run serve             # POST /predict and a What-if page, on http://127.0.0.1:8080
    npm run check             # as in the session: types, format and lint, tests, leakage, and the score
    npm run fix               # formats the code and mends what can be mended
    npm run hooks             # has git check what it commits
    npm run repro             # dvc repro, where DVC 3 is installed
    npm run crowd -- run      # every stage, held to this folder and its own outs by Node's permissions

All that runs is in the repository: \`npm ci --omit=dev --ignore-scripts\` asks no registry, and only \`npm run check\` and
\`npm run fix\` lack something then. In a session it is also checked whether predictions use the values that they are scored
on; here it is not.

Ask the model: \`curl -s localhost:8080/predict -H 'content-type: application/json' -d '{"row": {...}}'\`, with the columns of
\`references/data-dictionary.md\`. In a container: \`make docker\`.`;

function contents(files: Readonly<Record<string, string>>): string {
  const table = Object.keys(files).some((path) => path.startsWith('data/raw/') && path.endsWith('.csv'))
    ? 'the visible rows; nobody changes them'
    : 'put the table here: see its README.md';
  return `## What is where

After [Cookiecutter Data Science](https://cookiecutter-data-science.drivendata.org). Different here: the code is TypeScript, so
\`package.json\` and \`package-lock.json\` are in place of \`pyproject.toml\` and \`requirements.txt\`; \`libraries/\` holds the libraries
themselves, so that nothing has to be downloaded to run it; \`dvc.yaml\` and \`params.yaml\` say what the Makefile would say of the
pipeline; there is no \`docs/\` but this file, and no \`data/external\` or \`data/interim\`, since one table is all there is.

| path | what |
| --- | --- |
| \`data/raw/\` | ${table} |
| \`data/processed/\` | written by the stages, not in git |
| \`dvc.yaml\`, \`params.yaml\`, \`dvc.lock\` | the stages, their parameters, and what they read and wrote last |
| \`src/\` | the stages, the model, \`predict.ts\` for new rows |
| \`models/\` | the fitted model, not in git |
| \`references/\` | the data dictionary, for people and for programs |
| \`reports/\` | \`report.html\`, \`figures/\`, the metrics |
| \`notebooks/\` | the session as a notebook, to read |
| \`tests/\` | what holds for any pipeline; those of this one are a stage |
| \`libraries/\` | \`pipeline-core\` (models, metrics), \`danfojs\` (data frames), \`workshop\` (reading and writing), and \`crowd\` (the command line) |
| \`tsconfig.json\`, \`biome.json\` | the rules that patches were checked by in the session |
| \`Dockerfile\`, \`Makefile\`, \`.github/\`, \`.pre-commit-config.yaml\` | the same commands for Docker, make, CI and git |`;
}

function people({ summary }: ReportFacts): string {
  const named = summary.contributors.map(
    ({ credit, applied, votes }) => `- ${plainMarkdown(credit)}: ${applied} applied, ${countText(votes, 'vote')}`,
  );
  const others = summary.unnamed === 0 ? [] : [`- ${countText(summary.unnamed, 'more author')} of applied suggestions`];
  const list = [...named, ...others];
  return `## Who made it\n\n${list.length === 0 ? 'No suggestion was applied.' : list.join('\n')}\n\nEach applied step is a commit with its author, its votes and its score: \`git log\`.`;
}

function license({ license: chosen, course }: ReportFacts): string {
  const text =
    chosen === 'none'
      ? 'No licence was chosen: ask the participants before you use it elsewhere.'
      : `${chosen}, see [LICENSE](LICENSE).`;
  const notice = course.table.notice === '' ? '' : `\n\n${plainMarkdown(course.table.notice)}`;
  return `## Licence\n\n${text} The libraries have their own: [THIRD_PARTY_NOTICES.txt](THIRD_PARTY_NOTICES.txt).${notice}`;
}
