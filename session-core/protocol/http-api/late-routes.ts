// Routes that a page may need soon, and not at first: their addresses, without the schemas.
import type { peopleRoute } from './people-routes.ts';
import type { LateRoute } from './route.ts';
import type { filesRoute, runRoute } from './work-routes.ts';

const load = () => import('./work-routes.ts');

export const lateFilesRoute: LateRoute<typeof filesRoute> = {
  path: '/api/sessions/:id/files',
  load: async () => (await load()).filesRoute,
};
export const lateRunRoute: LateRoute<typeof runRoute> = {
  path: '/api/sessions/:id/runs/:run',
  load: async () => (await load()).runRoute,
};
export const latePeopleRoute: LateRoute<typeof peopleRoute> = {
  path: '/api/sessions/:id/people',
  load: async () => (await import('./people-routes.ts')).peopleRoute,
};
