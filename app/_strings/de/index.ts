// Every text on the screens in German (Swiss spelling, "Sie"), one file per topic, as in English.
import type { Strings } from '../types.ts';
import { first } from './first.ts';
import { more } from './more/index.ts';
import { soon } from './soon.ts';

export const de: Strings = { ...first, ...soon, ...more };
