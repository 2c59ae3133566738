// The line between two panes moves by the arrow keys, within its limits.
import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { PaneDivider } from '#app/_ui/pane-divider.tsx';

function Panes() {
  const [width, setWidth] = useState<number | null>(320);
  return <PaneDivider label="Width" width={width} least={300} most={360} onWidth={setWidth} />;
}

it('moves by the arrow keys, within its limits', () => {
  render(<Panes />);
  const line = screen.getByRole('separator', { name: 'Width' });
  expect(line.tabIndex).toBe(0);
  // Not by user-event: it would move a text selection along, which other files of this page have left behind.
  const press = (key: string) => {
    fireEvent.keyDown(line, { key });
    return line.getAttribute('aria-valuenow');
  };
  expect(press('ArrowLeft')).toBe('344');
  expect(press('ArrowLeft')).toBe('360');
  expect(press('ArrowRight')).toBe('336');
  for (let presses = 0; presses < 3; presses++) press('ArrowRight');
  expect(press('ArrowRight')).toBe('300');
});
