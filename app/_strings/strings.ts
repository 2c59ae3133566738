// The language of the screens: another language is another folder like `en/`, chosen here.
export { en as t } from './en/index.ts';
