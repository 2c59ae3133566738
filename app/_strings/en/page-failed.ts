// What a page says that has stopped: in a file of its own, since it is also needed where the strings have not arrived.
export const pageFailed = {
  head: 'This page has stopped because of an error in it.',
  body: 'Nothing of the session is lost. Your vote, your suggestions and the code are on the server.',
  reload: 'Reload the page',
} as const;
