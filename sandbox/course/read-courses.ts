// All courses of a server: folders that are named one by one, and those in a folder of them.
// Invariant: no two have the same name, by which a session keeps its course.
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Course } from './course.ts';
import { CourseError } from './course-error.ts';
import { readCourse } from './read-course.ts';

/** In the order of `folders`, then by name. @param directory its folders that hold a course.yaml. Throws CourseError. */
export function readCourses(folders: readonly string[], directory: string | null): Course[] {
  const named = folders.map((folder) => resolve(folder));
  const found = directory === null ? [] : coursesIn(resolve(directory)).filter((folder) => !named.includes(folder));
  const courses = [...named, ...found].map(readCourse);
  const twice = courses.find(({ id }, i) => courses.findIndex((course) => course.id === id) < i);
  if (twice === undefined) return courses;
  const { folder } = courses.find(({ id }) => id === twice.id)!;
  throw new CourseError(twice.folder, `Another course has the same name: ${folder}.`, 'Rename one of the two folders.');
}

function coursesIn(directory: string): string[] {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CourseError(directory, 'There is no such folder.', 'COURSES_DIR names a folder that holds courses.');
  }
  const found = readdirSync(directory)
    .filter((name) => statSync(join(directory, name, 'course.yaml'), { throwIfNoEntry: false })?.isFile() === true)
    .sort()
    .map((name) => join(directory, name));
  if (found.length > 0) return found;
  throw new CourseError(directory, 'No folder in it holds a course.yaml.', 'COURSES_DIR names a folder of courses.');
}
