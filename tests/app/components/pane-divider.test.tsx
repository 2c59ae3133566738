// The line between two panes moves by the arrow keys, within its limits.
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { PaneDivider } from '#app/_ui/pane-divider.tsx';

function Panes() {
  const [width, setWidth] = useState<number | null>(320);
  return <PaneDivider label="Width" width={width} least={300} most={360} onWidth={setWidth} />;
}

it('moves by the arrow keys, within its limits', async () => {
  render(<Panes />);
  const user = userEvent.setup();
  await user.tab();
  const value = () => screen.getByRole('separator', { name: 'Width' }).getAttribute('aria-valuenow');
  await user.keyboard('{ArrowLeft}');
  expect(value()).toBe('344');
  await user.keyboard('{ArrowLeft}');
  expect(value()).toBe('360');
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(value()).toBe('300');
});
