// What loads by itself after a phone's first view says, in English: notices, questions, guesses, keys. It arrives with the
// first of these parts; all else is in `more`.
import { keys } from './keys.ts';
import { notices } from './notices.ts';
import { poll } from './poll.ts';

export const soon = { cancel: 'Cancel', ...notices, ...poll, keys } as const;
