// A dialog: what lies beside it cannot be used, what lies above can; the focus goes in, and back where it was.
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { t } from '#app/_strings/strings.ts';
import { Dialog } from '#app/_ui/dialog.tsx';

function Page({ late = false }: { readonly late?: boolean }) {
  const [open, setOpen] = useState(false);
  const [asks, setAsks] = useState(false);
  const [arrived, setArrived] = useState(!late);
  const [edits, setEdits] = useState(false);
  return (
    <main id="main">
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      <div>
        <p data-above-dialogs>a notice</p>
        <p>beside the notice</p>
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title="A sheet">
        {edits ? (
          <div className="monaco-editor">
            <textarea aria-label="editor" />
          </div>
        ) : null}
        {arrived ? <input aria-label="name" /> : null}
        <button type="button" onClick={() => setArrived(true)}>
          arrive
        </button>
        <button type="button" onClick={() => setEdits(true)}>
          edit
        </button>
        <button type="button" onClick={() => setAsks(true)}>
          ask
        </button>
        <Dialog open={asks} onClose={() => setAsks(false)} title="Sure?">
          <p>really</p>
        </Dialog>
      </Dialog>
    </main>
  );
}
const isInert = (element: Element | null) => element?.closest('[inert]') !== null;
const opener = () => screen.getByText('open');
/** The focus goes back a moment after the end. */
const settled = () => act(() => new Promise<void>((done) => setTimeout(done, 5)));

it('keeps what is beside it out of use and what is above in use, and gives the focus back', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(opener());
  const sheet = screen.getByRole('dialog', { name: 'A sheet' });
  expect([isInert(opener()), isInert(screen.getByText('beside the notice'))]).toEqual([true, true]);
  expect([isInert(sheet), isInert(screen.getByText('a notice'))]).toEqual([false, false]);
  expect(document.activeElement).toBe(screen.getByLabelText('name'));
  await user.keyboard('{Escape}');
  await settled();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.querySelector('[inert]')).toBeNull();
  expect(document.activeElement).toBe(opener());
});

it('lies under one that it opens, which Escape closes alone', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(opener());
  await user.click(screen.getByText('ask'));
  expect(isInert(screen.getByText('ask'))).toBe(true);
  expect(isInert(screen.getByText('really'))).toBe(false);
  await user.keyboard('{Escape}');
  await settled();
  expect(screen.queryByText('really')).toBeNull();
  expect(isInert(screen.getByText('ask'))).toBe(false);
  expect(isInert(opener())).toBe(true);
  expect(document.activeElement).toBe(screen.getByText('ask'));
  await user.click(screen.getByRole('button', { name: t.close }));
  await settled();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(isInert(opener())).toBe(false);
});

it('moves the focus to a field that arrives later, and not into an editor', async () => {
  const user = userEvent.setup();
  render(<Page late />);
  await user.click(opener());
  const close = screen.getByRole('button', { name: t.close });
  expect(document.activeElement).toBe(close);
  screen.getByText('edit').dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await settled();
  expect(screen.getByLabelText('editor')).toBeTruthy();
  expect(document.activeElement).toBe(close);
  screen.getByText('arrive').dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await settled();
  expect(document.activeElement).toBe(screen.getByLabelText('name'));
});

it('closes at a press beside it', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(opener());
  await user.click(screen.getByRole('dialog').previousElementSibling!);
  expect(screen.queryByRole('dialog')).toBeNull();
});
