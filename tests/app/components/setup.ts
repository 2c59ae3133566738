// Before each file of component tests: the socket is replaced. After each test: the page is empty again.
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { serve } from './connection.ts';

vi.mock('#app/_session/connection.ts', () => import('./connection.ts'));

afterEach(() => {
  cleanup();
  serve(null);
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
