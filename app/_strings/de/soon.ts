// What loads by itself after a phone's first view says, in German, as in English.
import type { SoonStrings } from '../types.ts';
import { keys } from './keys.ts';
import { notices } from './notices.ts';
import { poll } from './poll.ts';

export const soon: SoonStrings = { cancel: 'Abbrechen', ...notices, ...poll, keys };
