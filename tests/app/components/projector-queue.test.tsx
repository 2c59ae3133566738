// The suggestions on the projector: what a pinned one asks the room to look at is there without a press.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { t } from '#app/_strings/strings.ts';
import { QueueScene } from '#app/_surfaces/projector/projector-scenes.tsx';
import { BEN, HOST } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const code = "df.groupby(['school']).mean()";

it.each(['table', 'chart'] as const)(
  'shows the answer of a pinned suggestion as a %s, without controls',
  async (as) => {
    const expression = { code, table: 'data/raw/students.csv', as } as const;
    const session = openSession();
    await session.say(BEN, { type: 'suggestion.add', text: 'Look at this', expression });
    await session.say(BEN, { type: 'suggestion.add', text: 'Try another model' });
    const rows = Array.from({ length: 20 }, (_, i) => [`S${i}`, 16 + i]);
    session.answers['/answer'] = {
      table: expression.table,
      tables: [expression.table],
      answer: { kind: 'table', names: ['school', 'age'], columns: ['school', 'age'], rows, total: 20 },
    };
    await session.show(null, <QueueScene />);
    expect(screen.queryByText(code)).toBeNull();
    const [suggestion = ''] = Object.keys(session.state().suggestions);
    await session.say(HOST, { type: 'suggestion.pin', suggestion });
    const look = await screen.findByRole('region', { name: 'Look at this' });
    expect(within(look).getByText(code, { selector: 'code' })).toBeDefined();
    if (as === 'chart') expect((await within(look).findByRole('figure')).textContent).toContain(code);
    else {
      expect((await within(look).findByRole('table')).textContent).toContain('S016');
      expect(within(look).getByText(t.scratch.rows(6, 20))).toBeDefined();
    }
    expect(within(look).queryByRole('button')).toBeNull();
    expect(screen.getByText('Try another model')).toBeDefined();
  },
);
