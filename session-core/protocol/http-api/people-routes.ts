// The people of a session by page: its view holds all of a few, and of many only some.
import * as v from 'valibot';
import { LIMITS } from '../../model/limits.ts';
import { READS } from './limits.ts';
import type { Route } from './route.ts';

export const peopleRoute = {
  method: 'GET',
  path: '/api/sessions/:id/people',
  who: 'anyone',
  summary:
    'The people of a session, who joined last first, 200 at once if not asked otherwise (at most 2,000): all, those whose name contains `search`, those who are online. A view holds only some where they are more than 200',
  query: v.object({
    search: v.exactOptional(v.pipe(v.string(), v.maxLength(LIMITS.displayName * 4))),
    online: v.exactOptional(v.picklist(['true', 'false'])),
    from: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{1,6}$/))),
    /** Up to 2,000. */
    most: v.exactOptional(v.pipe(v.string(), v.regex(/^([1-9]\d{0,2}|1\d{3}|2000)$/))),
  }),
  answer: {
    status: 200,
    json: v.object({
      people: v.array(
        v.object({
          id: v.string(),
          displayName: v.string(),
          online: v.boolean(),
          facilitator: v.boolean(),
          narrow: v.exactOptional(v.literal(true)),
          credit: v.exactOptional(v.string()),
        }),
      ),
      /** Whom the search finds, before paging. */
      total: v.number(),
    }),
  },
  limit: READS,
} as const satisfies Route;
