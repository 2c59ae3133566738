// Changing the code: the dialog in which a patch is written.
import type { patches as en } from '../../en/more/patches.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const patches: Translated<typeof en> = {
  patch: {
    against: (n: number) => `Zu Revision ${n}`,
    sentence: 'Was ändert sich, und warum?',
    placeholder: 'Die Eingaben vor kNN skalieren, damit kein Feature dominiert',
    nothing: 'Noch keine Änderungen. Bearbeiten Sie den Code rechts.',
    checking: 'Der Code wird geprüft …',
    problems: (n: number) => `${many(n, 'Problem', 'Probleme')} im Code: Beheben Sie ${plural(n, 'es', 'sie')} zuerst.`,
    earlier: 'Dieses Ergebnis gehört zu einer früheren Fassung Ihrer Änderung. Machen Sie eine neue Vorschau.',
    tryIt: 'Private Vorschau',
    send: 'Vorschlag senden',
    startAgain: 'Von vorn beginnen',
    private: 'Nur Sie sehen dieses Ergebnis.',
  },
};
