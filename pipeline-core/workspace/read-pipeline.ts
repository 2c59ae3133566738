// A parsed dvc.yaml to stages, or the first thing that is wrong with it: file, line, and the edit that mends it.
// Invariant: what is read means what it means to DVC 3; what DVC would take but this runner cannot honour (wdir, other
// params files ...) is an error with its line, never ignored.
import { nearNames, PipelineError } from '../core/errors.ts';
import { expandStages } from './expand-stages.ts';
import { fileNameReason, fileNamesFault } from './file-names.ts';
import { findCycle } from './graph.ts';
import type { ParamTree } from './params.ts';
import { addItemFix, pathsOut, quickFixFacts, type Stage, type YamlMap, type YamlNode } from './pipeline.ts';
import { readStage } from './read-stage.ts';
import { fillIn, withVars } from './templates.ts';
import { TOP_LEVEL, withTopLevel } from './top-level.ts';

/** @param files every path of the workspace and its data that exists before a run */
export interface ReadPipelineOptions {
  readonly files: readonly string[];
  /** Of params.yaml: what templates are filled in from. */
  readonly params?: ParamTree;
}

/**
 * The stages in the order of the file.
 * Throws PipelineError 'bad-pipeline' with facts {file: 'dvc.yaml', line, column?, stage?} and often a quick fix
 * (see quickFixOf).
 */
export function readPipeline(root: YamlNode, { files, params = {} }: ReadPipelineOptions): Stage[] {
  const top = topOf(root);
  const values = withVars(
    params,
    top.entries.find(({ key }) => key === 'vars'),
  );
  const named = expandStages(stagesOf(top), values).map((entry) => readStage(entry));
  const others = { ...top, entries: top.entries.filter(({ key }) => key !== 'stages' && key !== 'vars') };
  const stages = withFolders(withTopLevel(named, (fillIn(others, values) as YamlMap).entries), files);
  demandEntries(stages, files);
  demandDrawn(stages);
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

function topOf(root: YamlNode): YamlMap {
  if (root.kind !== 'map') throw badPipeline('dvc.yaml must begin with `stages:`.', { line: root.line });
  const other = root.entries.find(({ key }) => !TOP_LEVEL.includes(key));
  if (other === undefined) return root;
  const near = nearNames(other.key, TOP_LEVEL);
  const remedy = near.length > 0 ? `Did you mean \`${near.join('` or `')}\`?` : `Known are ${TOP_LEVEL.join(', ')}.`;
  throw badPipeline(`\`${other.key}\` at the top of dvc.yaml is not known. ${remedy}`, { line: other.line });
}

function stagesOf(root: YamlMap): YamlMap {
  const stages = root.entries.find(({ key }) => key === 'stages');
  if (stages === undefined) throw badPipeline('dvc.yaml has no `stages:`.', { line: root.line });
  if (stages.value.kind !== 'map' || stages.value.entries.length === 0) {
    throw badPipeline('`stages` must name at least one stage, such as `train:`.', { line: stages.line });
  }
  return stages.value;
}

/** A dep that is a folder stands for all that is in it, what other stages write there too. */
function withFolders(stages: readonly Stage[], files: readonly string[]): Stage[] {
  const known = new Set([...files, ...stages.flatMap(pathsOut)]);
  return stages.map((stage) => {
    const own = new Set(pathsOut(stage));
    const deps = stage.deps.flatMap((dep) => {
      if (known.has(dep.path)) return [dep];
      const inside = [...known].filter((path) => path.startsWith(`${dep.path}/`) && !own.has(path)).sort();
      return inside.length === 0 ? [dep] : inside.map((path) => ({ path, line: dep.line, folder: dep.path }));
    });
    // A file that is named by itself as well is there once.
    const single = new Set(deps.filter((dep) => !('folder' in dep)).map(({ path }) => path));
    const seen = new Set<string>();
    const kept = deps.filter((dep) => {
      if (!('folder' in dep)) return true;
      if (single.has(dep.path) || seen.has(dep.path)) return false;
      seen.add(dep.path);
      return true;
    });
    return { ...stage, deps: kept };
  });
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
      const message = `${name} runs \`${entry}\`, so it must be in its deps: else a change of it would not run the stage again.`;
      throw badPipeline(message, { line: stage.line, stage: name, ...quickFixFacts(quickFix) });
    }
  }
}

/** Pictures and the like DVC shows as they are; here a plot is drawn from a table. */
function demandDrawn(stages: readonly Stage[]): void {
  for (const { name, plots } of stages) {
    const other = plots.find(({ path }) => /\.\w+$/.test(path) && !/\.(?:csv|tsv|json)$/.test(path));
    if (other === undefined) continue;
    const message = `A plot is drawn from a table in a .csv, .tsv or .json file, so \`${other.path}\` is none: name it in \`outs\`.`;
    throw badPipeline(message, { line: other.line, stage: name });
  }
}

function demandOwnOuts(stages: readonly Stage[], files: readonly string[]): void {
  const owner = new Map<string, string>();
  for (const stage of stages) {
    const plotted = new Map(stage.plots.map((plot) => [plot.path, plot]));
    for (const { path, line } of [...stage.outs, ...stage.metrics, ...plotted.values()]) {
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
      const message = `\`${path}\` in deps of ${stage.name} is neither a file nor an out of a stage.${didYouMean(path, [...known])}`;
      throw badPipeline(message, at);
    }
  }
}

function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearNames(name, candidates);
  return near.length > 0 ? ` Did you mean \`${near.join('` or `')}\`?` : '';
}
