// The language of the screens. Another language is another folder like `en/`, selected here.
export { en as t } from './en/index.ts';
