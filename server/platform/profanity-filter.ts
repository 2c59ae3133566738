// The word filter: which texts and names are held for the facilitator. The only importer of the word lists.
// Invariant: whole words only, so that no name is held for a part of it; it only flags, what follows is the session's
// decision, and it can be switched off.
import de from 'naughty-words/de.json' with { type: 'json' };
import en from 'naughty-words/en.json' with { type: 'json' };
import es from 'naughty-words/es.json' with { type: 'json' };
import fr from 'naughty-words/fr.json' with { type: 'json' };
import it from 'naughty-words/it.json' with { type: 'json' };
import pt from 'naughty-words/pt.json' with { type: 'json' };
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';

export type WordFilter = (text: string) => boolean;

/** On the lists, but words of every day, of the data, or of somebody's own name, in one of the other languages too. */
const FINE = `bite bitte con folle jouir baiser bander gueule bourré bourrée tanche trique ramoner palucher bordel nackt
  rosette popel mufti bonze kimme ische fratze negro asno concha drogas esperma asesinato heroína infierno maldito
  martillo nazi orina pinche semen sexo racista trio verga pis idiota imbécil tapette pédale péter gerbe gerber suce pipi
  caca pervertido bastardo travesti aborto amador aranha ariano bissexual burro camisinha cerveja chupar cocaína coito
  comer consolo corno fecal gozar grelho heterosexual homoerótico homosexual inferno lésbica lolita mama pau pinto saco
  torneira vadia veado vibrador clitoris bagnarsi balle battere biga bordello brinca cadavere cagna cesso cozza fava
  finocchio guardone ingoio lofare mannaggia mona monta montare mussa palle patacca pesce picio pincare pippa pisello
  pompa quaglia regina sbattere sbattersi scopare sega soccia spagnola tirare topa vacca vangare zinne tarzanello
  imbecille cornuto belino padulo anale porco pistolotto fica fick zizi`;
/** What the English list would flag as a whole word. */
const FINE_ENGLISH = new Set(['sex', 'dick', 'dyke', 'anal', 'cox']);
/** On no list, but said. */
const ADDED = ['scheisse', 'scheiss', 'kys', 'porco dio', 'nique', 'missgeburt', 'arschgesicht'];

/** Written as one word with another. By what they are made of, since Shital and Harshit, Wankhede and Cummings are names. */
const COMPOUND =
  /fuck|^shit(?:bag|face|head|hole|lord|post|show|ter|ting|ty)|^(?:ape|bat|bull|chicken|dip|dog|dumb|horse)shit|(?:ass|arse)(?:face|hat|hole|wipe)|^(?:dick|cock|prick)(?:face|head|suck)|^(?:wanker|twat|faggot)|^(?:dumb|jack|smart)ass$|^cunt(?:face|s)?$|(?:bitch|whore)(?:es|s)?$/;

/** The longest entry of the lists has so many words. */
const MOST_WORDS = 6;
const ACCENT = /\p{M}/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Signs and digits that are written for letters. */
const SIGNS = new Map(Object.entries({ $: 's', '@': 'a', '!': 'i', '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' }));
const readSigns = (word: string): string => [...word].map((sign) => SIGNS.get(sign) ?? sign).join('');
/** F u c k. */
const SPACED = /(?<![\p{L}\p{N}])\p{L}(?: \p{L}){2,}(?![\p{L}\p{N}])/gu;

const withoutAccents = (word: string): string => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string): string[] =>
  text.normalize('NFKC').toLowerCase().replaceAll('ß', 'ss').match(WORD) ?? [];

export function createWordFilter(): WordFilter {
  const english = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  const fine = new Set(wordsOf(FINE));
  const others = new Set(
    [de, es, fr, it, pt, ADDED]
      .flatMap((list) => list.map((entry) => wordsOf(entry).join(' ')))
      .filter((entry) => !fine.has(entry)),
  );
  const plainEnglish = new Set(en.filter((entry) => !FINE_ENGLISH.has(entry)));
  /** Also one that is spelled to get past: the English matcher sees through that. */
  const isEnglish = (word: string): boolean => {
    // The matcher would read Bích, a name, without its accent: only what is a word of the list without it is held.
    if (ACCENT.test(word.normalize('NFD'))) return plainEnglish.has(withoutAccents(word));
    if (COMPOUND.test(word.toLowerCase()) || COMPOUND.test(readSigns(word.toLowerCase()))) return true;
    const whole = english.getAllMatches(word).filter(({ startIndex }) => startIndex === 0);
    return !FINE_ENGLISH.has(word.toLowerCase()) && whole.some(({ endIndex }) => endIndex >= word.length - 1);
  };
  return (text) => {
    // Between blanks, as f*ck is written; and by letters alone.
    const plain = text.normalize('NFKC');
    const spelled = [...plain.split(/[\s,;:.!?()"]+/u), ...plain.split(/[\s,;:.?()"]+|!+(?=\s|$)/u)];
    const spaced = plain.match(SPACED)?.map((letters) => letters.replaceAll(' ', '')) ?? [];
    if ([...spelled, ...spaced, ...wordsOf(text)].some((word) => word !== '' && isEnglish(word))) return true;
    const words = wordsOf(text);
    return words.some((_, i) =>
      Array.from({ length: MOST_WORDS }, (_, n) => words.slice(i, i + n + 1).join(' ')).some((some) =>
        others.has(some),
      ),
    );
  };
}
