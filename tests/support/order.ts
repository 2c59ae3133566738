// In which order test files run: the long ones that need no pages first, while the pages are being built; then the browser
// stories; at the end what is short, so that no worker is left alone with a long file.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const FIRST = ['e2e/idle.test.ts', 'sandbox/attacks.test.ts', 'workspace/leaks/leaks.test.ts'];
const PROJECTS = [
  'idle',
  'e2e',
  'cluster-stories',
  'cluster',
  'sandbox',
  'server-alone',
  'server',
  'scripts',
  'unit',
  'component',
];

const rank = ({ moduleId, project }: TestSpecification): number => {
  const first = FIRST.findIndex((path) => moduleId.endsWith(path));
  return first === -1 ? FIRST.length + PROJECTS.indexOf(project.name) : first;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
