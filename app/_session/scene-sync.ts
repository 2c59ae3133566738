// Showing a scene on the projector from the facilitator's page: within one browser, where the stage is a tab of its own.
// On another machine the stage's keys do the same. Invariant: nothing but the scene's name passes here.

export const SCENES = ['join', 'code', 'pipeline', 'results', 'queue'] as const;
export type Scene = (typeof SCENES)[number];

const nameOf = (session: string) => `cp-scene-${session}`;

export const sceneOf = (word: unknown): Scene | undefined => SCENES.find((scene) => scene === word);

export function showScene(session: string, scene: Scene): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(nameOf(session));
  channel.postMessage(scene);
  channel.close();
}

/** Calls `hear` for each scene asked for; returns how to stop. */
export function onScene(session: string, hear: (scene: Scene) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(nameOf(session));
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const scene = sceneOf(data);
    if (scene) hear(scene);
  };
  return () => channel.close();
}
