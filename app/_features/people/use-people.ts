// Lists of names: of few people all are in the view, of many the server is asked for those that a list shows.
import { useMemo } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import type { Id } from '#session-core/model/types.ts';
import { latePeopleRoute } from '#session-core/protocol/http-api/late-routes.ts';
import type { PersonView } from '#session-core/view/view-types.ts';

export interface Person extends PersonView {
  readonly id: Id;
}

interface People {
  /** In the order of joining; until the server has answered, those in the view. */
  readonly list: readonly Person[];
  /** How many there are, those who are not in the list included. */
  readonly total: number;
}

/** The most that the server lists at once. */
export const MOST_LISTED = 2_000;

/**
 * Who joined last, at most `most` of them.
 * @param wanted null: nobody looks at the list yet
 */
export function usePeople(
  wanted: { readonly search?: string; readonly online?: true; readonly most: number } | null,
): People {
  const id = useSessionId();
  const { participants, people } = useView('participants', 'people');
  const isWhole = Object.keys(participants).length >= people.all;
  const { search = '', online = false, most = 0 } = wanted ?? {};
  const query = {
    ...(search === '' ? {} : { search }),
    ...(online ? { online: 'true' as const } : {}),
    most: String(Math.min(most, MOST_LISTED)),
  };
  const request = isWhole || wanted === null ? null : { params: { id }, query };
  const { value } = useApi(latePeopleRoute, request, online ? `${people.all} ${people.online}` : String(people.all));
  return useMemo(() => {
    const fits = (person: PersonView) =>
      (!online || person.online) && person.displayName.toLowerCase().includes(search.toLowerCase());
    const known = Object.entries(participants).map(([key, person]) => ({ id: key, ...person }));
    if (value === null) {
      const list = known.filter(fits);
      return { list, total: list.length };
    }
    // What the view shows of them is newer.
    const list = value.people.map((row) => ({ ...row, ...participants[row.id] })).filter(fits);
    return { list: list.reverse(), total: value.total };
  }, [participants, value, online, search]);
}
