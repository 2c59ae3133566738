// The data profile of the session's table, read once a page; of another task it is another one.
import { type Read, useApi } from '#app/_session/use-api.ts';
import { useOfView, useSessionId } from '#app/_session/use-session.tsx';
import { dataRoute } from '#session-core/protocol/http-api/data-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';

export type DataProfile = AnswerOf<typeof dataRoute>;
export type ColumnProfile = DataProfile['columns'][number];
export type ColumnBin = ColumnProfile['bins'][number];
export type TargetOfRows = ColumnBin['target'];

/** @param wanted false: nothing is read yet */
export function useDataProfile(wanted = true): Read<DataProfile> {
  const id = useSessionId();
  const task = useOfView((view) => view.task.id);
  return useApi(dataRoute, wanted ? { params: { id } } : null, task);
}
