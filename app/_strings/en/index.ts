// Every text on the screens in English, one file per topic. A translation is a folder of the same shape; sentences
// that contain values are functions. What a phone says first comes in a part of its own (see `first.ts`).
import { first } from './first.ts';
import { more } from './more/index.ts';

export const en = { ...first, ...more } as const;
