'use client';
// The scenes of the projector view, for the facilitator: one press changes every projector of the session.
import type { ReactNode } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button, ButtonLink } from '#app/_ui/button.tsx';
import { Panel } from '#app/_ui/panel.tsx';
import { SCENES } from '#session-core/model/types.ts';
import s from './host-panels.module.css';

/** `children`: what else is chosen of the scene. */
export function ScenePanel({
  remoteLink = false,
  children,
}: {
  readonly remoteLink?: boolean;
  readonly children?: ReactNode;
}) {
  const act = useAct();
  const session = useSessionId();
  const now = useOfView((view) => view.scene.name);
  return (
    <Panel
      title={t.projector.scene}
      aside={
        remoteLink ? (
          <ButtonLink fresh look="quiet" href={`/s/${session}/remote`}>
            {t.remote.title}
          </ButtonLink>
        ) : null
      }
    >
      <div className={s['buttons']}>
        {SCENES.map((scene) => (
          <Button
            key={scene}
            look={scene === now ? 'primary' : 'outline'}
            aria-pressed={scene === now}
            onClick={() => void act({ type: 'scene.show', scene })}
          >
            {t.projector.scenes[scene]}
          </Button>
        ))}
      </div>
      {children}
    </Panel>
  );
}
