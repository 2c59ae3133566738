// The course that a start without one uses. Read and checked once, when first asked for: a mistake in a course ends the
// start of the server, not a session.
import { join } from 'node:path';
import { DEFAULT_COURSE } from '#courses/generators/index.ts';
import type { Course } from './course.ts';
import { readCourse } from './read-course.ts';

const FOLDER = join(import.meta.dirname, '../../courses');

let loaded: Course | undefined;

/** The course of a start that names none. */
export function defaultCourse(): Course {
  loaded ??= readCourse(join(FOLDER, DEFAULT_COURSE));
  return loaded;
}
