// Why the server rejected something. English is the table that the server also uses for programs; another language has
// its own table of the same type here.
export { rejections } from '#session-core/sentences/en/rejections.ts';
