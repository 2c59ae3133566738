// A session from a table of one's own: a file that cannot be sent is refused here, what is proposed is ticked with its
// reason, and what is on the page is what is sent.
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CreateForm } from '#app/_features/join/create-form.tsx';
import { textRefusal } from '#app/_features/own-table/file-limits.ts';
import { t } from '#app/_strings/strings.ts';

const column = (name: string, more: object = {}) => ({
  name,
  header: `${name} (m)`,
  label: name,
  kind: 'number',
  unit: 'm',
  date: false,
  missing: 0,
  distinct: 60,
  constant: false,
  targets: ['regression'],
  bars: [{ from: 0, to: 1, count: 60 }],
  ...more,
});
const TABLE = {
  id: 'table-1',
  rows: 60,
  columns: [
    column('nr'),
    column('area', { distinct: 40, missing: 2, odd: { count: 1, row: 17, value: '12a' } }),
    column('same', { constant: true, targets: [] }),
    column('price', { targets: ['regression', 'classification'] }),
    column('rent'),
  ],
  head: [[1, 20, 7, 300]],
  notes: ['Its columns are separated by a semicolon.'],
};
const COURSE = {
  id: 'flats',
  title: 'Which flat sells?',
  language: 'en',
  question: 'Predict the price of a flat.',
  dataset: 'Flats',
  notice: 'CC BY 4.0',
  rows: 80,
  columns: 5,
  tasks: [
    { id: 'price', sentence: 'Predict the price of a flat.', checkpoint: '1-start' },
    { id: 'quick', sentence: 'Will it be sold within a month?', checkpoint: '4-quick' },
  ],
  checkpoints: [],
  agendas: [60, 30],
};
const proposalFor = (kind: string, target = 'price') => ({
  target,
  kinds: kind === 'classification' ? ['classification', 'regression'] : ['regression', 'classification'],
  unit: 'm',
  forbidden: [{ column: 'nr', reason: { code: 'identifier' } }],
  classes: kind === 'classification' ? [{ name: '0', rows: 30 }] : [],
  rowsLeftOut: { missing: 0, rare: 0 },
});

// The page loads it when it is asked for: here it is read before, so that no wait depends on the machine.
beforeAll(async () => void (await import('#app/_features/own-table/own-table.tsx')));
let created: unknown[] = [];
let uploads = 0;
let refusal: string | null = null;
/** The proposal for a target waits for it. */
let slow: Record<string, PromiseWithResolvers<void>> = {};
beforeEach(() => {
  created = [];
  uploads = 0;
  refusal = null;
  slow = {};
  vi.stubGlobal('fetch', async (path: string, { body }: RequestInit) => {
    const said = (value: object, status = 200) => new Response(JSON.stringify(value), { status });
    if (path === '/api/courses') return said({ courses: [COURSE] });
    if (path === '/api/tables') {
      uploads += 1;
      return refusal === null
        ? said(TABLE, 201)
        : said({ error: { code: 'bad_table', message: refusal, why: refusal } }, 422);
    }
    if (path.endsWith('/proposal')) {
      const { kind, target } = JSON.parse(String(body));
      await slow[target]?.promise;
      return said(proposalFor(kind, target));
    }
    created.push(JSON.parse(String(body)));
    return said({ error: { code: 'failed', message: 'enough' } }, 500);
  });
});

async function openOwn(file: File) {
  const user = userEvent.setup();
  render(<CreateForm refusal={null} needsKey={false} typed={{}} />);
  await user.click(await screen.findByRole('radio', { name: new RegExp(`^${t.ownTable.own}`) }));
  await user.upload(await screen.findByLabelText(new RegExp(`^${t.ownTable.file}`)), file);
  return user;
}
const csv = (text = 'a,b\n1,2\n', name = 'flats.csv') => new File([text], name, { type: 'text/csv' });

describe('a session from a table of one’s own', () => {
  it('is created with the target, the kind and what is ticked', async () => {
    const user = await openOwn(csv());
    await screen.findByText(t.ownTable.size(60, 5));
    expect(screen.getByText(t.ownTable.odd(17, '12a', 1)).textContent).toContain('Row 17');
    await user.selectOptions(screen.getByLabelText(t.ownTable.target), 'price');
    const nr = await screen.findByRole('checkbox', { name: `nr (m): ${t.ownTable.forbid}` });
    expect((nr as HTMLInputElement).checked).toBe(true);
    expect(screen.getByText(t.ownTable.because.identifier).textContent).toContain('memorize');
    expect(screen.queryByRole('checkbox', { name: `same (m): ${t.ownTable.forbid}` })).toBeNull();
    await user.click(screen.getByRole('checkbox', { name: `area (m): ${t.ownTable.forbid}` }));
    await user.selectOptions(screen.getByLabelText(t.ownTable.measure), 'mae');
    await user.selectOptions(screen.getByLabelText(t.ownTable.group), 'area');
    expect(screen.queryByRole('checkbox', { name: `area (m): ${t.ownTable.forbid}` })).toBeNull();
    await user.click(screen.getByRole('button', { name: t.create.go }));
    await expect.poll(() => created).toHaveLength(1);
    expect(created[0]).toEqual({
      approveFirst: false,
      holdout: 'hidden',
      language: 'en',
      table: {
        id: 'table-1',
        dataset: 'flats.csv',
        target: 'price',
        kind: 'regression',
        measure: 'mae',
        forbidden: ['nr', 'area'],
        group: 'area',
        unit: 'm',
        inRepository: false,
      },
    });
  });

  it('asks again for what must be forbidden when the kind is changed', async () => {
    const user = await openOwn(csv());
    await user.selectOptions(await screen.findByLabelText(t.ownTable.target), 'price');
    await user.selectOptions(await screen.findByLabelText(t.ownTable.kind), 'classification');
    expect((await screen.findByText(t.ownTable.classes(['0']))).textContent).toContain('0');
    expect((screen.getByLabelText(t.ownTable.measure) as HTMLSelectElement).value).toBe('logLoss');
  });

  it('keeps what was decided when the kind is changed', async () => {
    const user = await openOwn(csv());
    await user.selectOptions(await screen.findByLabelText(t.ownTable.target), 'price');
    await user.selectOptions(await screen.findByLabelText(t.ownTable.group), 'area');
    await user.click(screen.getByRole('switch', { name: new RegExp(`^${t.ownTable.inRepository}`) }));
    await user.click(screen.getByRole('checkbox', { name: `nr (m): ${t.ownTable.forbid}` }));
    await user.click(screen.getByRole('checkbox', { name: `rent (m): ${t.ownTable.forbid}` }));
    await user.selectOptions(screen.getByLabelText(t.ownTable.kind), 'classification');
    await screen.findByText(t.ownTable.classes(['0']));
    await user.click(screen.getByRole('button', { name: t.create.go }));
    await expect.poll(() => created).toHaveLength(1);
    expect(created[0]).toMatchObject({
      table: { kind: 'classification', group: 'area', inRepository: true, forbidden: ['rent'] },
    });
  });

  it('has the target that was chosen last, whichever answer comes last', async () => {
    const user = await openOwn(csv());
    slow = { price: Promise.withResolvers() };
    const target = (await screen.findByLabelText(t.ownTable.target)) as HTMLSelectElement;
    await user.selectOptions(target, 'price');
    await user.selectOptions(target, 'rent');
    await screen.findByLabelText(t.ownTable.measure);
    slow['price']?.resolve();
    await act(async () => void (await new Promise((done) => setTimeout(done))));
    expect(target.value).toBe('rent');
    await user.click(screen.getByRole('button', { name: t.create.go }));
    await expect.poll(() => created).toHaveLength(1);
    expect(created[0]).toMatchObject({ table: { target: 'rent' } });
  });

  it('is not created from a table that is shown no more', async () => {
    const user = await openOwn(csv());
    await user.selectOptions(await screen.findByLabelText(t.ownTable.target), 'price');
    await screen.findByLabelText(t.ownTable.measure);
    await user.click(screen.getByRole('button', { name: t.ownTable.another }));
    await user.click(screen.getByRole('button', { name: t.create.go }));
    expect((await screen.findByText(t.ownTable.choose)).textContent).toBe(t.ownTable.choose);
    // An answer that is still on its way is not taken for the next table.
    await user.upload(await screen.findByLabelText(new RegExp(`^${t.ownTable.file}`)), csv());
    slow = { price: Promise.withResolvers() };
    await user.selectOptions(await screen.findByLabelText(t.ownTable.target), 'price');
    await user.click(screen.getByRole('button', { name: t.ownTable.another }));
    await user.upload(await screen.findByLabelText(new RegExp(`^${t.ownTable.file}`)), csv());
    slow['price']?.resolve();
    await act(async () => void (await new Promise((done) => setTimeout(done))));
    expect(screen.queryByLabelText(t.ownTable.measure)).toBeNull();
    expect(created).toEqual([]);
  });

  it('is not created before a target is chosen, and says so', async () => {
    const user = await openOwn(csv());
    await screen.findByText(t.ownTable.size(60, 5));
    await user.click(screen.getByRole('button', { name: t.create.go }));
    expect((await screen.findByText(t.ownTable.choose)).textContent).toBe(t.ownTable.choose);
    expect(created).toEqual([]);
  });

  it('shows what the server says of a file', async () => {
    refusal = 'Row 5 (line 6): the quote is never closed.';
    await openOwn(csv());
    expect((await screen.findByRole('alert')).textContent).toBe(refusal);
  });

  it('does not send a file that is too large', async () => {
    const file = csv();
    Object.defineProperty(file, 'size', { value: 30 * 1024 * 1024 });
    await openOwn(file);
    expect((await screen.findByRole('alert')).textContent).toBe(t.ownTable.tooLarge(30));
    expect(uploads).toBe(0);
  });

  it('begins with the question that is chosen', async () => {
    const user = userEvent.setup();
    render(<CreateForm refusal={null} needsKey={false} typed={{}} />);
    await user.click(await screen.findByRole('radio', { name: 'Will it be sold within a month?' }));
    await user.click(screen.getByRole('button', { name: t.create.go }));
    await expect.poll(() => created).toHaveLength(1);
    expect(created[0]).toMatchObject({ checkpoint: '4-quick', agenda: 60 });
  });

  it('takes a file that is dropped anywhere on the page', async () => {
    render(<CreateForm refusal={null} needsKey={false} typed={{}} />);
    const dropped = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(dropped, 'dataTransfer', { value: { files: [csv()], types: ['Files'] } });
    document.body.dispatchEvent(dropped);
    expect(dropped.defaultPrevented).toBe(true);
    await screen.findByText(t.ownTable.size(60, 5));
    expect(uploads).toBe(1);
  });

  it('of a course says its question, size and whose the table is', async () => {
    render(<CreateForm refusal={null} needsKey={false} typed={{}} />);
    expect(await screen.findAllByText(COURSE.question)).toHaveLength(2);
    expect(screen.getByText(t.ownTable.size(80, 5)).textContent).toBe('80 rows, 5 columns');
    expect(screen.getByText('CC BY 4.0').textContent).toBe('CC BY 4.0');
  });
});

it.each<[what: string, text: string, refused: string | null]>([
  ['a table', 'a;b\n1;2\n', null],
  ['201 columns', `${'a;'.repeat(200)}a\n1\n`, t.ownTable.tooManyColumns],
  ['100,000 rows', `a\n${'1\n'.repeat(100_000)}`, null],
  ['100,001 rows', `a\n${'1\n'.repeat(100_001)}`, t.ownTable.tooManyRows],
  ['line ends that a quote may hide', `a\n"x"\n${'1\n'.repeat(100_001)}`, null],
])('%s before it is sent', (_what, text, refused) => expect(textRefusal(text)).toBe(refused));
