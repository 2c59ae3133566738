// What a session asks of courses: of the one that was uploaded for it, or of those of the server.
import type { Task } from '#pipeline-core/core/report.ts';
import { courseOf, type SessionCourse, type SessionCourses } from '../session-courses.ts';
import { type CourseCap, withinLimits } from './course-limits.ts';

/** @param own what was uploaded for the session: in the memory as long as the answer is used */
export function coursesWith(own: SessionCourse | null, courses: SessionCourses, { courseLimits }: CourseCap) {
  const called = (id: string) => own ?? courseOf(courses, id);
  return {
    data: (task: Task) => withinLimits(called(task.course).data(task.id), courseLimits),
    course: (id: string) => called(id).about,
    checkpoint: (id: string, name: string) => called(id).checkpoint(name),
    agenda: (id: string, minutes?: number) => called(id).agenda(minutes),
  };
}
