// The course that a start without one uses. Read and checked once, when first asked for: a mistake in a course ends the
// start of the server, not a session.
import { join } from 'node:path';
import { SHIPPED_COURSES } from '#courses/generators/index.ts';
import type { Course } from './course.ts';
import { readCourse } from './read-course.ts';

const FOLDER = join(import.meta.dirname, '../../courses');

let loaded: Course | undefined;

/** The course of a start that names none. */
export function defaultCourse(): Course {
  loaded ??= readCourse(join(FOLDER, SHIPPED_COURSES[0]));
  return loaded;
}

/** What a start that names no course offers: the default, then the others that ship with the app. */
export function shippedCourses(): readonly [Course, ...Course[]] {
  const [, ...others] = SHIPPED_COURSES;
  return [defaultCourse(), ...others.map((name) => readCourse(join(FOLDER, name)))];
}
