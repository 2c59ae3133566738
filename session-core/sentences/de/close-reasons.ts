// Why a socket was closed, in German: for screens.
import type { CloseReasons } from '../close-reasons.ts';

export const closeReasons: CloseReasons = {
  forbidden: 'Die Moderation hat Sie aus dieser Session entfernt.',
  notFound: 'Diese Session gibt es nicht (mehr).',
  tooLarge: 'Diese Änderung ist grösser, als der Workspace sein darf; öffnen Sie ein neues Dokument.',
  ended: 'Diese Session ist zu Ende. Danke, dass Sie dabei waren.',
  replaced: 'Der Text ist inzwischen in einem neuen Dokument; öffnen Sie ein neues.',
  tooManyPieces: 'Diese Änderung hat zu viele Teile; öffnen Sie ein neues Dokument.',
  tooManyTabs: 'Sie haben diese Session in zu vielen Tabs geöffnet; dieser wurde geschlossen.',
  restart: 'Der Server startet neu; verbinden Sie sich wieder.',
  unreadable: 'Eine Nachricht konnte nicht gelesen werden.',
  reload: 'Die Session wird neu geladen; verbinden Sie sich wieder.',
  tooManyViewers: 'Zu viele Leute schauen zu, ohne dabei zu sein; machen Sie mit, oder versuchen Sie es später.',
};
