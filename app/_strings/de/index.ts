// Every text on the screens in German (Swiss spelling, "Sie"), one file per topic, as in English.
import type { Strings } from '../types.ts';
import { first } from './first.ts';
import { more } from './more/index.ts';

export const de: Strings = { ...first, ...more };
