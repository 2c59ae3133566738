// The number and the word for it in French.
import { countIn, pluralIn } from '#session-core/sentences/numbers.ts';

const LOCALE = 'fr-CH';

export const many = countIn(LOCALE);
export const plural = pluralIn(LOCALE);
