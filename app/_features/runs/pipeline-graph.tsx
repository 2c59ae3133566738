'use client';
// The pipeline as a graph: stages with their status, connected by the files between them.
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useFiles } from '#app/_session/use-api.ts';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Empty } from '#app/_ui/panel.tsx';
import { useWidth } from '#app/_ui/use-width.ts';
import { useZoom } from '#app/_ui/use-zoom.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './pipeline-graph.module.css';
import { HEIGHT, ICON, layOut, shortName } from './pipeline-layout.ts';
import { useStages } from './pipeline-stages.ts';
import { StageList } from './stage-list.tsx';
import { StagePath } from './stage-shape.tsx';
import { stageWord } from './stage-word.ts';

/** Of the smallest text, `.word`. */
const WORD = 14;
const LEAST_SHARE = 0.021;

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
  const whole = Math.max(0, ...stages.map((stage) => stageWord(stage).length));
  const word = Math.max(t.stage.waiting.length, ...stages.map(({ status }) => t.stage[status].length));
  const box = useRef<HTMLElement>(null);
  const scale = useScale(large);
  const room = Math.floor(useWidth(box) / scale);
  const drawn = useMemo(
    () => (text === undefined ? null : layOut(text, { whole, word }, room)),
    [text, whole, word, room],
  );
  if (drawn === null || drawn.nodes.length === 0) {
    return (
      <figure className={s['figure']} ref={box}>
        {stages.length > 0 ? <StageList stages={stages} /> : <Empty>{t.run.noStages}</Empty>}
      </figure>
    );
  }
  const { wide } = drawn;
  const status = new Map(stages.map((stage) => [stage.name, stage]));
  return (
    <figure className={s['figure']} ref={box} data-direction={drawn.direction}>
      <svg
        viewBox={`0 0 ${drawn.width} ${drawn.height}`}
        role="img"
        aria-label={t.run.graph(drawn.nodes.map(({ name }) => name).join(', '))}
        style={{ width: Math.floor(drawn.width * scale) }}
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
              <title>{stage?.reason ? t.stageReason(stage.reason) : name}</title>
              <rect width={wide} height={HEIGHT} rx="12" className={s['node']} />
              <g transform="translate(14 20) scale(1.15)" className={s['mark']}>
                <StagePath status={stage?.status ?? 'waiting'} />
              </g>
              <text x={ICON} y="27" className={s['name']}>
                {shortName(name)}
              </text>
              <text x={ICON} y="48" className={s['word']}>
                {!stage ? t.stage.waiting : drawn.direction === 'TB' ? t.stage[stage.status] : stageWord(stage)}
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

/** Of the projector: its smallest text has 2 % of the height of the window. */
function useScale(large: boolean): number {
  const zoom = useZoom();
  const [scale, setScale] = useState(1);
  useEffect(() => {
    if (!large) return;
    const look = () => setScale(Math.max(1, (LEAST_SHARE * innerHeight) / zoom / WORD));
    look();
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, [large, zoom]);
  return scale;
}
