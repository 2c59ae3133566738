// Addresses within the app. It may be served under a path of its host (PUBLIC_URL=https://example.org/crowd/), which the
// build does not know: the server writes it on each page.
import { basePathOnServer } from '#session-core/protocol/base-path.ts';

/** '' or such as `/crowd`. */
export const basePath = (): string =>
  typeof document === 'undefined' ? basePathOnServer() : (document.documentElement.dataset['base'] ?? '');

/** @param path from the app's own root, such as `/new` */
export const appPath = (path: string): string => basePath() + path;
