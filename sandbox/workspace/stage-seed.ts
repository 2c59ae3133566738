// What a stage's Math.random begins with.

/** By the stage's name alone: a re-run gives what the cache would, in the sandbox and outside. */
export function seedOf(stage: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < stage.length; i++) hash = Math.imul(hash ^ stage.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
