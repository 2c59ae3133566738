// The operator's cap on what a course gives its runs.
import type { SessionData } from '../session-courses.ts';

/** What the operator lets a run of any course take. */
interface MostOfCourse {
  readonly seconds: number;
  readonly memoryMb: number;
}
export interface CourseCap {
  /** Default: what a course asks for. */
  readonly courseLimits?: MostOfCourse;
}

/** The same with no limit above what the operator lets a course have; one that the course leaves alone stays the sandbox's. */
export function withinLimits(data: SessionData, most: MostOfCourse | undefined): SessionData {
  if (most === undefined) return data;
  const { stageMs, runMs, memoryMb } = data.limits;
  const ms = most.seconds * 1_000;
  const limits = {
    ...data.limits,
    ...(stageMs === undefined ? {} : { stageMs: Math.min(stageMs, ms) }),
    ...(runMs === undefined ? {} : { runMs: Math.min(runMs, ms) }),
    ...(memoryMb === undefined ? {} : { memoryMb: Math.min(memoryMb, most.memoryMb) }),
  };
  return { ...data, limits };
}
