// "1 vote", "2 votes": the plural in English.
import { countIn } from '#session-core/sentences/numbers.ts';

const count = countIn('en-GB');

export const many = (n: number, one: string, more = `${one}s`): string => count(n, one, more);
