// Which display names count as the same, and which pretend to be a role.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '#session-core/text/clean-text.ts';
import { displayNameKey, isReservedName } from '#session-core/text/display-names.ts';

describe('names that look the same', () => {
  it.each([
    ['Anna', 'Аnnа', 'Cyrillic A and a'],
    ['Anna', 'ANNA', 'case'],
    ['Anna', 'ＡＮＮＡ', 'width'],
    ['Anna', 'Anna 🦊', 'an emoji behind it'],
    ['Anna', '.Anna.', 'punctuation'],
    ['Ольга', 'ОЛЬГА', 'Cyrillic case'],
    ['Ilona', 'llona', 'upper-case i and l'],
    ['Ilona', '1lona', 'a digit'],
    ['Otto', 'ΟttΟ', 'Greek omicron'],
    ['Bob', '𝐁𝐨𝐛', 'mathematical letters'],
    ['Calm Otter', 'CalmOtter', 'spacing'],
  ])('[P2] %j and %j: %s', (a, b) => {
    expect(displayNameKey(b)).toBe(displayNameKey(a));
  });

  it.each([
    ['Anna', 'Ana'],
    ['Ana', 'Aná'],
    ['Otter 2', 'Otter 3'],
    ['🦊🦊', '🐻🐻'],
    ['Ольга', 'Олег'],
    ['小林', '小森'],
  ])('[P2] %j and %j are two names', (a, b) => {
    expect(displayNameKey(a)).not.toBe(displayNameKey(b));
  });

  it('[P2] has a key for every name, and adds up where a number follows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 20 }), fc.nat(9_999), (raw, n) => {
        const name = cleanText(raw);
        if (name === '') return;
        expect(displayNameKey(name)).not.toBe('');
        if (/^[\p{L} ]+$/u.test(name))
          expect(displayNameKey(`${name} ${n}`)).toBe(displayNameKey(name) + displayNameKey(String(n)));
      }),
    );
  });
});

describe('[P19] names of roles', () => {
  it.each([
    'Conductrice',
    'La présentatrice',
    'Prof 2',
    'Formateur ✅',
    'Vous',
    'Facilitator',
    'facilitator 2',
    'FACILITATOR',
    'FaciIitator',
    'Fаcilitаtоr',
    'Facilitator 🎓',
    '★ Facilitator ★',
    'F a c i l i t a t o r',
    'Facílitatór',
    'Fac1l1tator',
    'Facilitator Anna',
    'Anna (Facilitator)',
    'The Facilitator',
    'Ｆacilitator',
    '𝐅𝐚𝐜𝐢𝐥𝐢𝐭𝐚𝐭𝐨𝐫',
    'Moderator',
    'Mоderator',
    'Мoderator',
    'm0derator',
    'Moderador',
    'Admin',
    'Administrator',
    'The Driver',
    'Driver',
    'Drіver',
    'Dr1ver',
    'Fаϲilitatοr',
    '@dm!n',
    'H0$T',
    'F4cili7ator',
    'Die Moderation',
    'L’animation',
    'Lehrerin',
    'Profesora',
    'Ведущий',
    '主持人',
    'driver 🚗',
    'Real driver',
    'Host',
    'Co-Host',
    'Session host',
    'Ηost',
    'Organizer',
    'System',
    'Ｓｅｒｖｅｒ',
    'Модератор',
    'Faci|itator',
    'Ⓕacilitator',
    '🅵🅰🅲🅸🅻🅸🆃🅰🆃🅾🆁',
    '🇭🇴🇸🇹',
    'ᴍᴏᴅᴇʀᴀᴛᴏʀ',
    'Jane, host',
    'Jane | Driver',
    'Host Bot',
    'Workshop leader',
    'Kursleitung',
  ])('refuses %j', (name) => {
    expect(isReservedName(name)).toBe(true);
  });

  it.each([
    'Adam Driver',
    'Minnie Driver',
    'Screwdriver',
    'Hostetler',
    'Anna',
    'Calm Otter',
    'Bích',
    'Anália',
    'Harshit',
    'Badminton',
    'Ana 7',
    'R2D2',
    'Max 3',
    'Prof. Oak',
    'Teacher Tom',
    'Modesty',
    'Ghost',
    'Ольга',
    '小林',
    '🦊🦊',
    'Olaf Leiter',
    'Rui',
    '42',
    'Theresa',
    'Teamor',
    'Coco',
    '🇨🇭',
    'Anna-Lena Driver',
    'Modesto',
    'Lea, Bern',
  ])('takes %j', (name) => {
    expect(isReservedName(name)).toBe(false);
  });
});
