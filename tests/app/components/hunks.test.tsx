// A patch in a card: what nobody would see is shown, and warned of even while the patch is folded.
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { HiddenWarning, Hunks } from '#app/_features/editor/hunks.tsx';

const patch = (line: string) => [{ path: 'a.ts', hunks: [{ fromLine: 1, removed: [], added: [line] }] }];

it('shows the number of a character that turns the text around, and warns of it', () => {
  render(<Hunks files={patch('if (admin\u202e // \u2066) {')} />);
  expect(screen.getByText('U+202E').title).toMatch(/invisible character/);
  expect(screen.getByText(/^Warning: .*U\+202E, U\+2066/)).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/[\u202e\u2066]/);
});

it('warns of nothing where all can be seen', () => {
  const { container } = render(<HiddenWarning files={patch('const a = "❤️";')} />);
  expect(container.textContent).toBe('');
});
