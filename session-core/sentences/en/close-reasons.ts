// Why a socket was closed, in English: for screens (app/_strings/en takes this table) and as the reason in the close
// frame. At most 123 bytes each.
export const closeReasons = {
  forbidden: 'The facilitator removed you from this session.',
  notFound: 'This session does not exist (any more).',
  tooLarge: 'This edit is larger than the workspace may be; open a new document.',
  ended: 'This session has ended. Thank you for being part of it.',
  replaced: 'The text is in a new document meanwhile; open a new one.',
  tooManyPieces: 'This edit has too many pieces; open a new document.',
  tooManyTabs: 'You opened this session in too many tabs; this one was closed.',
  restart: 'The server is restarting; connect again.',
  unreadable: 'A message could not be read.',
  reload: 'The session is loaded again; connect again.',
  tooManyViewers: 'Too many people watch without having joined; join, or try again later.',
} as const;
