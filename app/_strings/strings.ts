// The language of the screens: another language is another file like `en.ts`, chosen here.
// RUNS IN browser | server
export { en as t } from './en.ts';
