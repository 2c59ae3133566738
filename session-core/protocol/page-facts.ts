// What the server knows when it renders a page, for the page: in one request header that the server writes itself, since
// the page is rendered in the same process. What a browser sends under this name is dropped.
import * as v from 'valibot';
import { errorSchema } from './http-api/errors.ts';
import { parseWire, type Wire } from './wire.ts';

export const PAGE_FACTS_HEADER = 'x-page-facts';

const pageFactsSchema = v.object({
  /** Of a page that asks for a name: the session behind its join code. */
  session: v.exactOptional(v.object({ title: v.string(), online: v.number(), displayName: v.string() })),
  /** What that session's page loads beside what this one has: it may be fetched ahead. */
  ahead: v.exactOptional(v.array(v.string())),
  /** JSON of a FirstView; a text, since it goes through the page's data as it is and is read once, in the browser. */
  first: v.exactOptional(v.string()),
  /** Why the form that was sent from this page, or the join code in its address, was refused. */
  refused: v.exactOptional(errorSchema.entries.error),
  /** What was typed into that form. */
  typed: v.exactOptional(v.record(v.string(), v.string())),
});
export type PageFacts = Wire<typeof pageFactsSchema>;

/** Header values are ASCII. */
export const writePageFacts = (facts: PageFacts): string => encodeURIComponent(JSON.stringify(facts));

export function readPageFacts(header: string | null): PageFacts {
  if (header === null) return {};
  return parseWire(pageFactsSchema, JSON.parse(decodeURIComponent(header))) ?? {};
}
