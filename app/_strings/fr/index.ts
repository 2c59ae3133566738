// Every text on the screens in French ("vous"), one file per topic, as in English.
import type { Strings } from '../types.ts';
import { first } from './first.ts';
import { more } from './more/index.ts';
import { soon } from './soon.ts';

export const fr: Strings = { ...first, ...soon, ...more };
