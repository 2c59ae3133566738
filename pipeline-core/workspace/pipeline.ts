// What a pipeline is: stages with a command, what they read and what they write, each with its line in dvc.yaml.
// Invariant: this folder parses no YAML; whoever does hands over a tree of YamlNode and gets stages or a PipelineError.
import type { PipelineError } from '../core/errors.ts';
import type { PlotTemplate, QuickFix } from '../core/report.ts';

/** Where a YAML node begins, both from 1. For a block list: the column of its first dash. */
interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A parsed YAML document that still knows its lines. */
export type YamlNode = YamlMap | YamlList | YamlScalar;
export interface YamlMap extends Spot {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
}
export interface YamlEntry extends Spot {
  readonly key: string;
  readonly value: YamlNode;
}
export interface YamlList extends Spot {
  readonly kind: 'list';
  /** True for `[a, b]`, false for one dash a line. */
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}
export interface YamlScalar extends Spot {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Of a number written as a fraction (`1.0`, `1e-5`): how DVC puts it into a text. */
  readonly inText?: string;
}

export interface PathAt {
  readonly path: string;
  readonly line: number;
  /** Of a dep: the folder that dvc.yaml names in its place. */
  readonly folder?: string;
}

export interface ParamAt {
  /** Dotted, in params.yaml: a single value (`train.trees`) or a whole group (`columns`); '' is the whole file. */
  readonly key: string;
  readonly line: number;
}

/** A plot file and which of its columns to draw; what is not given, the viewer chooses. */
export interface PlotAt extends PathAt {
  readonly x?: string;
  readonly y?: string;
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Absent: by what is in the file. */
  readonly template?: PlotTemplate;
}

export type Section = 'deps' | 'params' | 'outs' | 'metrics' | 'plots';

export interface Stage {
  readonly name: string;
  /** Exactly `node src/<name>.ts`. */
  readonly cmd: string;
  /** The file that cmd runs. */
  readonly entry: string;
  readonly deps: readonly PathAt[];
  readonly params: readonly ParamAt[];
  readonly outs: readonly PathAt[];
  readonly metrics: readonly PathAt[];
  readonly plots: readonly PlotAt[];
  /** A frozen stage keeps the outs it has, whatever changes. */
  readonly frozen: boolean;
  readonly line: number;
  /** How its text is laid out, for quick fixes. */
  readonly layout: StageLayout;
}

export interface StageLayout {
  readonly cmdLine: number;
  /** Column of `cmd:`. */
  readonly column: number;
  readonly sections: Readonly<
    Partial<Record<Section, { readonly dash: number; readonly lastLine: number; readonly flow: boolean }>>
  >;
}

/** Everything a stage writes: outs, metrics and plots, in this order; a file with several plots once. */
export function pathsOut(stage: Stage): string[] {
  return [...new Set([...stage.outs, ...stage.metrics, ...stage.plots].map((out) => out.path))];
}

/**
 * The edit of dvc.yaml that adds `item` to a section of the stage.
 * `insert` holds two lines where the section does not exist yet. Null for a list in brackets, which takes no new line.
 */
export function addItemFix(stage: Stage, section: Section, item: string): QuickFix | null {
  const added = { item, section, stage: stage.name, file: 'dvc.yaml' };
  const place = stage.layout.sections[section];
  if (place === undefined) {
    const indent = ' '.repeat(stage.layout.column - 1);
    const insert = `${indent}${section}:\n${indent}  - ${item}`;
    return { ...added, beforeLine: stage.layout.cmdLine + 1, insert };
  }
  if (place.flow) return null;
  return { ...added, beforeLine: place.lastLine + 1, insert: `${' '.repeat(place.dash - 1)}- ${item}` };
}

/** A quick fix as facts of a PipelineError. */
export function quickFixFacts(quickFix: QuickFix | null): Record<string, string | number> {
  if (quickFix === null) return {};
  const { item, section, stage, file, beforeLine, insert } = quickFix;
  return {
    quickFixItem: item,
    quickFixSection: section,
    quickFixStage: stage,
    quickFixFile: file,
    quickFixBeforeLine: beforeLine,
    quickFixInsert: insert,
  };
}

/** The quick fix that a PipelineError carries in its facts, if any. */
export function quickFixOf(error: PipelineError): QuickFix | null {
  const { quickFixItem, quickFixSection, quickFixStage, quickFixFile, quickFixBeforeLine, quickFixInsert } =
    error.facts as Record<string, string | number | undefined>;
  if (typeof quickFixItem !== 'string' || typeof quickFixBeforeLine !== 'number') return null;
  return {
    item: quickFixItem,
    section: String(quickFixSection),
    stage: String(quickFixStage),
    file: String(quickFixFile),
    beforeLine: quickFixBeforeLine,
    insert: String(quickFixInsert),
  };
}
