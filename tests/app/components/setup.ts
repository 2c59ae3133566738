// Before each file of component tests: what reaches outside the page is replaced, all of it here, because the files share
// their modules. After each test: the page is empty again.
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { serve } from './connection.ts';
import { pushed } from './navigation.ts';
import { shownText } from './text.ts';

// As `expect.poll` has it: a part that loads when it is opened may take its time on a machine under load.
configure({ asyncUtilTimeout: 15_000 });

vi.mock('#app/_session/connection.ts', () => import('./connection.ts'));
vi.mock('next/navigation', () => import('./navigation.ts'));
vi.mock('#app/_features/editor/use-text.ts', async (original) =>
  (await import('./text.ts')).withShownText(await original()),
);

afterEach(() => {
  cleanup();
  serve(null);
  shownText.state = null;
  pushed.length = 0;
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
