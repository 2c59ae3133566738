// The number and the word for it in German.
import { countIn, pluralIn } from '#session-core/sentences/numbers.ts';

const LOCALE = 'de-CH';

export const many = countIn(LOCALE);
export const plural = pluralIn(LOCALE);
