// Changes the scene of the projector view from the facilitator's page, if both are tabs of one browser; on another
// computer use the keys of the projector view. Invariant: only the name of the scene is sent.

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

/** Calls `hear` for each requested scene; returns how to stop. */
export function onScene(session: string, hear: (scene: Scene) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(nameOf(session));
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const scene = sceneOf(data);
    if (scene) hear(scene);
  };
  return () => channel.close();
}
