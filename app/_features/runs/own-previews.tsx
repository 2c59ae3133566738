'use client';
// One's own private previews as a strip; the chosen one with everything that a run shows, and the way to make a suggestion of
// it.
// Invariant: all of it comes from the part of the view that one person alone has.
import { Tabs } from 'radix-ui';
import { useId, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useApi } from '#app/_session/use-api.ts';
import { useProgress, useSessionId, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button, ButtonLink } from '#app/_ui/button.tsx';
import { RunChart } from '#app/_ui/charts/run-chart.tsx';
import f from '#app/_ui/field.module.css';
import { metricText, timeText } from '#app/_ui/format.ts';
import { Empty, Hint, Panel } from '#app/_ui/panel.tsx';
import { lastScored, mainRuns, outcomeOfVerdict, type RunOutcome } from '#session-core/client/scores.ts';
import { allSuggestions } from '#session-core/client/selectors.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { runRoute } from '#session-core/protocol/http-api/work-routes.ts';
import type { OwnPreview } from '#session-core/view/view-types.ts';
import { Hunks } from '../editor/hunks.tsx';
import { RunShape } from '../scores/run-shape.tsx';
import { outcomeWord } from '../scores/verdict.tsx';
import { PreviewLine } from '../suggestions/preview-line.tsx';
import { LogPanel } from './log-panel.tsx';
import s from './own-previews.module.css';
import { StageList } from './stage-list.tsx';

const PARTS = ['stages', 'log', 'charts', 'code'] as const;
type Part = (typeof PARTS)[number];

export function OwnPreviews() {
  const previews = Object.values(useYou()?.previews ?? {}).sort((a, b) => b.at - a.at);
  const [chosen, setChosen] = useState<string | null>(null);
  if (previews.length === 0) return null;
  const shown = previews.find(({ run }) => run === chosen) ?? previews[0]!;
  return (
    <Panel title={t.ownPreviews.head} hint={t.ownPreviews.hint}>
      <ol className={s['strip']} aria-label={t.ownPreviews.head}>
        {previews.map((preview) => {
          const outcome = outcomeOfPreview(preview);
          const score = preview.metric === undefined ? outcomeWord(outcome) : metricText(preview.metric);
          return (
            <li key={preview.run}>
              <button
                type="button"
                aria-pressed={preview.run === shown.run}
                aria-label={t.ownPreviews.name(timeText(preview.at), `${score}, ${outcomeWord(outcome)}`)}
                onClick={() => setChosen(preview.run)}
              >
                <RunShape outcome={outcome} size={20} />
                <b translate="no">{score}</b>
                <small>{timeText(preview.at)}</small>
              </button>
            </li>
          );
        })}
      </ol>
      <Detail key={shown.run} preview={shown} />
    </Panel>
  );
}

function outcomeOfPreview({ status, suspect, checking, verdict }: OwnPreview): RunOutcome {
  if (status === 'queued' || status === 'running') return 'running';
  if (status !== 'succeeded') return status === 'failed' ? 'failed' : 'stopped';
  if (suspect) return 'suspect';
  return checking ? 'checking' : verdict === undefined ? 'first' : outcomeOfVerdict(verdict);
}

function Detail({ preview }: { readonly preview: OwnPreview }) {
  const { run, status, patch, stages } = preview;
  const view = useView('runs', 'task', 'suggestions');
  const you = useYou();
  const session = useSessionId();
  const progress = useProgress(run);
  const [part, setPart] = useState<Part>('stages');
  const over = status !== 'queued' && status !== 'running';
  const report = useApi(runRoute, over ? { params: { id: session, run } } : null, status).value;
  const base = lastScored(mainRuns(view), view.task)?.number;
  const sent = allSuggestions(view, you).some((card) => card.author === you?.participant && card.preview?.run === run);
  return (
    <div className={s['detail']}>
      <PreviewLine preview={preview} />
      <Tabs.Root value={part} onValueChange={(name) => setPart(name as Part)}>
        <Tabs.List className={s['parts']} aria-label={t.ownPreviews.parts}>
          {PARTS.map((name) => (
            <Tabs.Trigger key={name} value={name}>
              {t.ownPreviews[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="stages">
          <StageList stages={over ? stages : (progress?.stages ?? [])} />
        </Tabs.Content>
        <Tabs.Content value="log">
          <LogPanel lines={report?.log ?? progress?.log ?? []} />
        </Tabs.Content>
        <Tabs.Content value="charts">
          {report?.plots && report.plots.length > 0 ? (
            report.plots.map((plot) => <RunChart key={`${plot.path} ${plot.x} ${plot.y}`} plot={plot} />)
          ) : (
            <Empty>{t.chart.none}</Empty>
          )}
        </Tabs.Content>
        <Tabs.Content value="code">
          <Hunks files={patch.files} />
        </Tabs.Content>
      </Tabs.Root>
      {status === 'succeeded' && base !== undefined ? (
        <p>
          <ButtonLink look="outline" href={`/s/${session}/compare/${base}/${run}`}>
            {t.ownPreviews.compare(base)}
          </ButtonLink>
        </p>
      ) : null}
      {sent ? <Hint>{t.ownPreviews.sent}</Hint> : <SendPreview patch={patch} />}
    </div>
  );
}

function SendPreview({ patch }: { readonly patch: OwnPreview['patch'] }) {
  const act = useAct();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const id = useId();
  const send = async () => {
    setBusy(true);
    await act({ type: 'suggestion.add', text: text.trim(), patch });
    setBusy(false);
  };
  return (
    <form
      className={s['send']}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id}>{t.ownPreviews.sentence}</label>
      <input
        id={id}
        className={f['input']}
        dir="auto"
        maxLength={LIMITS.suggestion}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={busy || text.trim() === ''}>
        {t.ownPreviews.send}
      </Button>
    </form>
  );
}
