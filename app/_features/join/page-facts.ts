// What the server knows of the page it renders; server components only.
import { headers } from 'next/headers';
import { PAGE_FACTS_HEADER, type PageFacts, readPageFacts } from '#session-core/protocol/page-facts.ts';

export const pageFacts = async (): Promise<PageFacts> => readPageFacts((await headers()).get(PAGE_FACTS_HEADER));
