// The path under which the app is served, on the server's side of a page: the pages, compiled apart from the server, ask
// here while they are rendered. A browser reads it from the page.
declare global {
  var basePathOfPages: string | undefined;
}

/** By the server, once, before the first page. */
export function announceBasePath(basePath: string): void {
  globalThis.basePathOfPages = basePath;
}

/** '' or such as `/crowd`. */
export const basePathOnServer = (): string => globalThis.basePathOfPages ?? '';
