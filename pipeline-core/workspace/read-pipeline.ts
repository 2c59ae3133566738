// A parsed dvc.yaml to stages, or the first thing that is wrong with it: file, line, and the edit that mends it.
// Invariant: what DVC would take but this runner cannot honour (foreach, wdir, vars, templating ...) is an error, never
// ignored.
import { nearNames, PipelineError } from '../core/errors.ts';
import { fileNameReason, fileNamesFault } from './file-names.ts';
import { findCycle } from './graph.ts';
import { addItemFix, pathsOut, quickFixFacts, type Stage, type YamlMap, type YamlNode } from './pipeline.ts';
import { readStage } from './read-stage.ts';

/** @param files every path of the workspace and its data that stands before a run */
export interface ReadPipelineOptions {
  readonly files: readonly string[];
}

/**
 * The stages in the order of the file.
 * Throws PipelineError 'bad-pipeline' with facts {file: 'dvc.yaml', line, column?, stage?} and often a quick fix
 * (see quickFixOf).
 */
export function readPipeline(root: YamlNode, { files }: ReadPipelineOptions): Stage[] {
  const stages = stagesNode(root).entries.map((entry) => readStage(entry));
  demandEntries(stages, files);
  demandOwnOuts(stages, files);
  demandKnownDeps(stages, files);
  const cycle = findCycle(stages);
  if (cycle !== null) {
    const first = stages.find((stage) => stage.name === cycle[0])!;
    const message = `The stages wait for each other in a circle: ${[...cycle, cycle[0]].join(' -> ')}. Take one dep away.`;
    throw badPipeline(message, { line: first.line, stage: first.name });
  }
  return stages;
}

function badPipeline(message: string, facts: Readonly<Record<string, string | number>>): PipelineError {
  return new PipelineError('bad-pipeline', message, { file: 'dvc.yaml', ...facts });
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  vars: 'Values come from params.yaml: name them under params of a stage.',
  params: 'Name params under the stage that reads them.',
  metrics: 'Name metrics under the stage that writes them.',
  plots: 'Name plots under the stage that writes them.',
};

function stagesNode(root: YamlNode): YamlMap {
  if (root.kind !== 'map') throw badPipeline('dvc.yaml must begin with `stages:`.', { line: root.line });
  for (const entry of root.entries) {
    if (entry.key === 'stages') continue;
    const known = Object.hasOwn(ELSEWHERE, entry.key) ? ELSEWHERE[entry.key] : undefined;
    const remedy = known ?? 'Take it out: only `stages` is read here.';
    throw badPipeline(`\`${entry.key}\` at the top of dvc.yaml is not supported. ${remedy}`, { line: entry.line });
  }
  const stages = root.entries[0];
  if (stages === undefined) throw badPipeline('dvc.yaml has no `stages:`.', { line: root.line });
  if (stages.value.kind !== 'map' || stages.value.entries.length === 0) {
    throw badPipeline('`stages` must name at least one stage, such as `train:`.', { line: stages.line });
  }
  return stages.value;
}

function demandEntries(stages: readonly Stage[], files: readonly string[]): void {
  for (const stage of stages) {
    const { name, entry } = stage;
    if (!files.includes(entry)) {
      const message = `${name} runs \`${entry}\`, but there is no such file.${didYouMean(entry, files)}`;
      throw badPipeline(message, { line: stage.layout.cmdLine, stage: name });
    }
    if (!stage.deps.some((dep) => dep.path === entry)) {
      const quickFix = addItemFix(stage, 'deps', entry);
      const message = `${name} runs \`${entry}\`, so it must stand in its deps: else a change of it would not run the stage again.`;
      throw badPipeline(message, { line: stage.line, stage: name, ...quickFixFacts(quickFix) });
    }
  }
}

function demandOwnOuts(stages: readonly Stage[], files: readonly string[]): void {
  const owner = new Map<string, string>();
  for (const stage of stages) {
    for (const { path, line } of [...stage.outs, ...stage.metrics, ...stage.plots]) {
      const at = { line, stage: stage.name };
      const first = owner.get(path);
      if (first === stage.name) throw badPipeline(`${stage.name} names \`${path}\` twice among what it writes.`, at);
      if (first !== undefined) {
        throw badPipeline(`\`${path}\` is written by ${first} and by ${stage.name}: an out has one stage.`, at);
      }
      if (files.includes(path)) {
        throw badPipeline(
          `\`${path}\` is a file of the workspace, so ${stage.name} may not write it. Choose another name.`,
          at,
        );
      }
      const clash = [...owner.keys(), ...files].find(
        (other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
      );
      if (clash !== undefined) {
        throw badPipeline(`\`${path}\` and \`${clash}\` cannot both exist: one would be a folder of the other.`, at);
      }
      const fault = fileNamesFault([...files, ...owner.keys(), path], [...files, ...owner.keys()]);
      if (fault !== null) throw badPipeline(`${stage.name} cannot write \`${path}\`: ${fileNameReason(fault)}.`, at);
      owner.set(path, stage.name);
    }
  }
}

function demandKnownDeps(stages: readonly Stage[], files: readonly string[]): void {
  const outs = stages.flatMap(pathsOut);
  const known = new Set([...files, ...outs]);
  for (const stage of stages) {
    const seen = new Set<string>();
    for (const { path, line } of stage.deps) {
      const at = { line, stage: stage.name };
      if (seen.has(path)) throw badPipeline(`${stage.name} names \`${path}\` twice in its deps.`, at);
      seen.add(path);
      if (known.has(path)) continue;
      const inside = [...known].filter((other) => other.startsWith(`${path}/`));
      if (inside.length > 0) {
        const message = `\`${path}\` is a folder: name the files that ${stage.name} reads one by one, such as \`${inside[0]}\`.`;
        throw badPipeline(message, at);
      }
      const message = `\`${path}\` in deps of ${stage.name} is neither a file nor an out of a stage.${didYouMean(path, [...known])}`;
      throw badPipeline(message, at);
    }
  }
}

function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearNames(name, candidates);
  return near.length > 0 ? ` Did you mean \`${near.join('` or `')}\`?` : '';
}
