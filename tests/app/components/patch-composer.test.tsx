// Writing a patch: the file in front stays in front while somebody types into it.
import { act, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { PatchComposer } from '#app/_features/suggestions/patch-composer.tsx';
import { BEN } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const FILES = { revision: 1, files: { 'clean.ts': 'export {};\n', 'params.yaml': 'alpha: 1\n' }, data: [] };
const inFront = () => screen.queryByRole('tab', { selected: true })?.textContent;

it('opens the file of the course first, however late the course answers', async () => {
  const session = openSession();
  const course = Promise.withResolvers<Response>();
  const json = (body: object) => new Response(JSON.stringify(body), { headers: { date: new Date().toUTCString() } });
  vi.stubGlobal('fetch', (path: string) => (path.endsWith('/course') ? course.promise : Promise.resolve(json(FILES))));
  await session.show(BEN, <PatchComposer onSent={() => undefined} onCancel={() => undefined} />);
  await screen.findByRole('tab', { name: 'clean.ts' });
  expect(inFront()).toBeUndefined();
  await act(async () =>
    course.resolve(
      json({
        id: 'flats',
        title: 'Flats',
        language: 'en',
        edit: 'params.yaml',
        columns: [],
        checkpoints: [],
        agendas: [],
      }),
    ),
  );
  await expect.poll(inFront).toBe('params.yaml');
});
