// What a page says that has stopped: in a file of its own, since it is also needed where the strings have not arrived.
import type { pageFailed as en } from '../en/page-failed.ts';
import type { Translated } from '../types.ts';

export const pageFailed: Translated<typeof en> = {
  head: 'Diese Seite ist wegen eines Fehlers stehen geblieben.',
  body: 'Von der Session ist nichts verloren. Ihre Stimme, Ihre Vorschläge und der Code sind auf dem Server.',
  reload: 'Seite neu laden',
};
