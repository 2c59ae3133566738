// Every text on the screens in English, one file per topic. A translation is a folder of the same shape; sentences
// that contain values are functions. What a phone says comes in three parts (`first.ts`, `soon.ts`, `more`).
import { first } from './first.ts';
import { more } from './more/index.ts';
import { soon } from './soon.ts';

export const en = { ...first, ...soon, ...more } as const;
