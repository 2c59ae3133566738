// Where the boxes and arrows of the pipeline's graph lie: from left to right where that fits, else from top to bottom, so
// that its texts stay large enough to be read. dagre computes it. Pure.
import { graphlib, layout } from '@dagrejs/dagre';
import { edgesOf, stagesOf } from './dvc-outline.ts';

export const HEIGHT = 64;
/** Space of the symbol before the texts. */
export const ICON = 50;
// The most a letter of `.name` and `.word` takes, in units of the drawing; fonts differ between machines.
const NAME_PX = 11.5;
const WORD_PX = 9.4;
const LONGEST_NAME = 26;

export type Direction = 'LR' | 'TB';

interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Drawn {
  readonly direction: Direction;
  /** Of a box. */
  readonly wide: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (Spot & { readonly name: string })[];
  readonly sources: readonly (Spot & { readonly file: string })[];
  readonly edges: readonly { readonly key: string; readonly path: string }[];
}

/** How long the longest text under a name is: the whole status, and the word alone that it begins with. */
export interface Letters {
  readonly whole: number;
  readonly word: number;
}

/** From top to bottom there is room for one word under a name. @param room units; 0: not known yet */
export function layOut(text: string, { whole, word }: Letters, room: number): Drawn {
  const across = laidOut(text, whole, 'LR');
  return room > 0 && across.width > room ? laidOut(text, word, 'TB') : across;
}

function laidOut(text: string, words: number, direction: Direction): Drawn {
  const outline = stagesOf(text);
  const sources = sourcesOf(outline);
  const longest = (names: readonly string[]) => Math.max(0, ...names.map((name) => shortName(name).length));
  const stage = ICON + 12 + Math.max(NAME_PX * longest(outline.map(({ name }) => name)), WORD_PX * words);
  const source = 24 + NAME_PX * longest(sources.map(({ file }) => file.split('/').at(-1) ?? file));
  // In steps of 20, so that the boxes do not change size with every progress message.
  const wide = 20 * Math.ceil(Math.max(140, stage, source) / 20);
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: direction === 'LR' ? 26 : 14,
    ranksep: direction === 'LR' ? 64 : 30,
    marginx: 4,
    marginy: 4,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of outline) graph.setNode(name, { width: wide, height: HEIGHT });
  for (const { file, to } of sources) {
    graph.setNode(file, { width: wide, height: HEIGHT * 0.8 });
    graph.setEdge(file, to, {}, file);
  }
  for (const { from, to, file } of edgesOf(outline)) graph.setEdge(from, to, {}, file);
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  const files = new Set(sources.map(({ file }) => file));
  const half = (name: string) => (files.has(name) ? HEIGHT * 0.4 : HEIGHT / 2);
  return {
    direction,
    wide,
    width: size.width ?? 1,
    height: size.height ?? 1,
    nodes: outline.map(({ name }) => ({ name, ...(graph.node(name) as Spot) })),
    sources: [...files].map((file) => ({ file, ...(graph.node(file) as Spot) })),
    edges: graph.edges().map(({ v, w, name }) => {
      const [from, to] = [graph.node(v) as Spot, graph.node(w) as Spot];
      const path = direction === 'LR' ? across(from, to, wide) : down(from, to, [half(v), half(w)]);
      return { key: `${v} ${w} ${name}`, path };
    }),
  };
}

/** The tables a pipeline starts from: read by a stage, written by none. */
function sourcesOf(outline: ReturnType<typeof stagesOf>) {
  const written = new Set(outline.flatMap((stage) => stage.outs));
  return outline.flatMap(({ name, deps }) =>
    deps.filter((file) => /^data\/.*\.csv$/.test(file) && !written.has(file)).map((file) => ({ file, to: name })),
  );
}

/** A curve from the right side of one box to the left side of another. */
function across(from: Spot, to: Spot, wide: number): string {
  const [start, end] = [from.x + wide / 2, to.x - wide / 2];
  const middle = (start + end) / 2;
  return `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`;
}

/** From the lower side of one to the upper side of the other. */
function down(from: Spot, to: Spot, [own, other]: readonly [number, number]): string {
  const [start, end] = [from.y + own, to.y - other];
  const middle = (start + end) / 2;
  return `M${from.x} ${start}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${end}`;
}

export const shortName = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
