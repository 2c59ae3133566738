// What a pool begins with: the last build, or a new one where its sources have changed. The bundler is loaded for that only.
import { type BuildStamp, currentBuild } from './last-build.ts';

/** Resolves to the stamp of the current build. */
export async function buildWhenStale(log: (line: string) => void = () => {}): Promise<BuildStamp> {
  return currentBuild() ?? (await import('./build.ts')).buildAnew(log);
}
