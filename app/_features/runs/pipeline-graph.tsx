'use client';
// The pipeline as a graph: stages with their status, connected by the files between them. dagre computes the layout.
import { graphlib, layout } from '@dagrejs/dagre';
import { memo, useMemo } from 'react';
import { edgesOf, stagesOf } from '#app/_features/runs/dvc-outline.ts';
import { useFiles } from '#app/_session/use-api.ts';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Empty } from '#app/_ui/panel.tsx';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './pipeline-graph.module.css';
import { useStages } from './pipeline-stages.ts';
import { StageList, stageWord } from './stage-list.tsx';
import { StagePath } from './stage-shape.tsx';

const HEIGHT = 64;
const ICON = 50;
// The most a letter of `.name` and `.word` takes, in units of the drawing; fonts differ between machines.
const NAME_PX = 11.5;
const WORD_PX = 9.4;
const LONGEST_NAME = 26;

interface GraphProps {
  readonly run: RunView | undefined;
  readonly large?: boolean;
}

/** Memoized, because what is around it renders again with every vote. */
export const PipelineGraph = memo(function PipelineGraph({ run, large = false }: GraphProps) {
  const view = useView('revision');
  const files = useFiles(run?.revision ?? view.revision);
  const stages = useStages(run);
  const text = files.value?.files['dvc.yaml'];
  const words = Math.max(0, ...stages.map((stage) => stageWord(stage).length));
  const drawn = useMemo(() => (text === undefined ? null : place(text, words)), [text, words]);
  if (drawn === null || drawn.nodes.length === 0) {
    return stages.length > 0 ? <StageList stages={stages} /> : <Empty>{t.run.noStages}</Empty>;
  }
  const { wide } = drawn;
  const status = new Map(stages.map((stage) => [stage.name, stage]));
  return (
    <figure className={s['figure']}>
      <svg
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
        role="img"
        aria-label={t.run.graph(drawn.nodes.map(({ name }) => name).join(', '))}
        style={{ maxWidth: drawn.width * (large ? 2.2 : 1.2) }}
      >
        <defs>
          <marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0l10 5-10 5z" className={s['head']} />
          </marker>
        </defs>
        {drawn.edges.map(({ key, path }) => (
          <path key={key} d={path} className={s['edge']} markerEnd="url(#head)" />
        ))}
        {drawn.sources.map(({ file, x, y }) => (
          <g key={file} transform={`translate(${x - wide / 2} ${y - HEIGHT * 0.4})`}>
            <title>{file}</title>
            <rect width={wide} height={HEIGHT * 0.8} rx={HEIGHT * 0.4} className={s['source']} />
            <text x={wide / 2} y={HEIGHT * 0.4 + 6} textAnchor="middle" className={s['name']}>
              {shortName(file.split('/').at(-1) ?? file)}
            </text>
          </g>
        ))}
        {drawn.nodes.map(({ name, x, y }) => {
          const stage = status.get(name);
          return (
            <g key={name} transform={`translate(${x - wide / 2} ${y - HEIGHT / 2})`} data-status={stage?.status}>
              <title>{stage?.reason ? t.reports.stageReason(stage.reason) : name}</title>
              <rect width={wide} height={HEIGHT} rx="12" className={s['node']} />
              <g transform="translate(14 20) scale(1.15)" className={s['mark']}>
                <StagePath status={stage?.status ?? 'waiting'} />
              </g>
              <text x={ICON} y="27" className={s['name']}>
                {shortName(name)}
              </text>
              <text x={ICON} y="48" className={s['word']}>
                {stage ? stageWord(stage) : t.stage.waiting}
              </text>
            </g>
          );
        })}
      </svg>
      {stages.length > 0 ? (
        <figcaption>
          <StageList stages={stages} />
        </figcaption>
      ) : null}
    </figure>
  );
});

/** `words`: length of the longest status text under a name. */
function place(text: string, words: number) {
  const outline = stagesOf(text);
  const sources = sourcesOf(outline);
  const names = [...outline.map(({ name }) => name), ...sources.map(({ file }) => file.split('/').at(-1) ?? file)];
  const longest = Math.max(...names.map((name) => shortName(name).length), 0);
  // In steps of 20, so that the boxes do not change size with every progress message.
  const wide = 20 * Math.ceil(Math.max(210, ICON + 12 + NAME_PX * longest, ICON + 12 + WORD_PX * words) / 20);
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 64, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of outline) graph.setNode(name, { width: wide, height: HEIGHT });
  for (const { file, to } of sources) {
    graph.setNode(file, { width: wide, height: HEIGHT * 0.8 });
    graph.setEdge(file, to, {}, file);
  }
  for (const { from, to, file } of edgesOf(outline)) graph.setEdge(from, to, {}, file);
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  return {
    wide,
    width: size.width ?? 1,
    height: size.height ?? 1,
    nodes: outline.map(({ name }) => ({ name, ...(graph.node(name) as { x: number; y: number }) })),
    sources: [...new Set(sources.map(({ file }) => file))].map((file) => ({
      file,
      ...(graph.node(file) as { x: number; y: number }),
    })),
    edges: graph.edges().map((edge) => ({
      key: `${edge.v} ${edge.w} ${edge.name}`,
      path: arrow(graph.node(edge.v) as Spot, graph.node(edge.w) as Spot, wide),
    })),
  };
}

/** The tables a pipeline starts from: read by a stage, written by none. */
function sourcesOf(outline: ReturnType<typeof stagesOf>) {
  const written = new Set(outline.flatMap((stage) => stage.outs));
  return outline.flatMap(({ name, deps }) =>
    deps.filter((file) => /^data\/.*\.csv$/.test(file) && !written.has(file)).map((file) => ({ file, to: name })),
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A curve from the right side of one box to the left side of another. */
function arrow(from: Spot, to: Spot, wide: number): string {
  const [start, end] = [from.x + wide / 2, to.x - wide / 2];
  const middle = (start + end) / 2;
  return `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`;
}

const shortName = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);
