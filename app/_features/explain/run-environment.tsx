'use client';
// What a run was made with: runtime, libraries, seeds and dvc.lock; and a button that runs it again from an empty cache.
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { spanText } from '#app/_ui/format.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './run-environment.module.css';
import { useEnvironment, type Work } from './use-work.ts';

type Environment = NonNullable<ReturnType<typeof useEnvironment>['read']['value']>;

export function RunEnvironment({ run }: { readonly run: RunView }) {
  const work = useEnvironment(run);
  const { value, error } = work.read;
  if (value === null) return <Empty>{error?.message ?? t.environment.loading}</Empty>;
  return (
    <div className={s['environment']}>
      <Reproduce work={work} value={value} />
      <section>
        <h3>{t.environment.made}</h3>
        <dl className={s['facts']}>
          <Fact name={t.environment.runtime} value={`Node ${value.node}, V8 ${value.v8}, ${value.platform}`} />
          {value.libraries.map(({ name, version, sha256 }) => (
            <Fact key={name} name={`${name} ${version}`} value={sha256} />
          ))}
          <Fact name={t.environment.library} value={value.library} />
          {value.seeds.map((seed) => (
            <Fact key={seed.key} name={`params.yaml: ${seed.key}`} value={seed.value} />
          ))}
        </dl>
        <Hint>{t.environment.fixed}</Hint>
      </section>
      {value.lock === null ? null : (
        <details>
          <summary>{t.environment.lock}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <pre className={s['lock']} tabIndex={0} translate="no">
            {value.lock}
          </pre>
        </details>
      )}
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd translate="no">{value}</dd>
    </div>
  );
}

function Reproduce({ work, value }: { readonly work: Work<Environment>; readonly value: Environment }) {
  const { state, reproduction } = value;
  const busy = state === 'waiting' || state === 'running';
  return (
    <section>
      <Button disabled={busy} onClick={work.begin}>
        {t.environment.reproduce}
      </Button>
      <p role="status">{busy ? t.environment.running : reproduction ? resultText(reproduction) : ''}</p>
      {reproduction && reproduction.differing.length > 0 ? (
        <ul>
          {reproduction.differing.map((path) => (
            <li key={path}>
              <code translate="no">{path}</code>
            </li>
          ))}
        </ul>
      ) : null}
      {work.refused === null ? null : <p role="alert">{work.refused}</p>}
      <Hint>{t.environment.hint}</Hint>
    </section>
  );
}

function resultText({ same, of, failed, ms }: NonNullable<Environment['reproduction']>): string {
  if (failed) return t.environment.failed;
  return same === of ? t.environment.same(of, spanText(ms)) : t.environment.differs(of - same, of);
}
