// A part of a page that loads when it is first shown, on a network that fails.
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { t } from '#app/_strings/strings.ts';
import { OnDemand } from '#app/_ui/on-demand.tsx';

const Part = ({ text }: { readonly text: string }) => <p>{text}</p>;
const failing = () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  return vi.fn(async () => Part).mockRejectedValueOnce(new Error('no network'));
};

it('shows the part once its code is there, and at once the next time', async () => {
  const load = vi.fn(async () => Part);
  const { unmount } = render(<OnDemand load={load} props={{ text: 'hello' }} />);
  expect(screen.getByText(t.loading)).toBeTruthy();
  await screen.findByText('hello');
  unmount();
  render(<OnDemand load={load} props={{ text: 'again' }} />);
  expect(screen.getByText('again')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(1);
});

it('says that it could not be loaded, and loads at a press', async () => {
  const load = failing();
  render(<OnDemand load={load} props={{ text: 'hello' }} />);
  expect((await screen.findByRole('alert')).textContent).toContain(t.onDemand.failed);
  await userEvent.click(screen.getByRole('button', { name: t.onDemand.again }));
  await screen.findByText('hello');
});

it('loads by itself when the network is back', async () => {
  const load = failing();
  render(<OnDemand load={load} props={{ text: 'hello' }} />);
  await screen.findByRole('alert');
  act(() => {
    dispatchEvent(new Event('online'));
  });
  await screen.findByText('hello');
});
