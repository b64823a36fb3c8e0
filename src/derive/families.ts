import type { Dice } from './dice.js';

/** A family of real-world strings. */
export interface Family {
  /** Stable: edges and coverage are counted by it. */
  readonly name: string;
  /** May do harm where it is shown, exported or executed; never sent to a real target unasked. */
  readonly active?: true;
  /** The edge that stands for the family, short enough to read. */
  readonly sample: string;
  /** A fresh member of about `size` characters; never a lone surrogate. */
  draw(dice: Dice, size: number): string;
}

const latin = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-/()';
const accents = 'àâäçéèêëîïôöùûüÿñãõåøæœßÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÑÃÕÅØÆŒşğıİłŁžŽčČřŘőŐțȚ';
const cjk = '日本語東京株式会社中文上海有限公司北京서울주식회사한국のカタカナひらがな々〆、。';
const rightToLeft = 'אבגדהוזחטיךכלםמןנסעףפץצקרשתابةتثجحخدذرزسشصضطظعغفقكلمنهوي ';
const emoji = ['😀', '🎉', '🚀', '❤️', '🇧🇪', '🏁', '📦', '✅', '💶', '🧾', '🦄', '☎️'];
const joined = ['👨‍👩‍👧‍👦', '🏳️‍🌈', '👩🏽‍💻', '🧑‍🤝‍🧑', '👩‍❤️‍👨', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', '👍🏿'];
const combining = [
  'e\u0301',
  'o\u0308',
  'n\u0303',
  'a\u030a',
  'c\u0327',
  'Z\u0351\u036b\u0343',
  '\u0915\u094d\u0937',
  'ก\u0e33',
];
const surrogateEdges = [
  '\u{10000}',
  '\u{1ffff}',
  '\u{1f600}',
  '\u{2f800}',
  '\u{10fffd}',
  '\ud7ff',
  '\ue000',
  '\u{1d11e}',
  '\u{20000}',
];
const quotes = ["'", '"', '`', '’', '“', '”', '«', '»', "O'Brien", 'd’Été', '\\', "''", '""', '\\"', "'; --"];
const lines = ['\r\n', '\n', '\r', '\r\n\r\n', '\t', 'line', 'two', 'three'];
const markup = [
  '<b>x</b>',
  '<script>alert(1)</script>',
  '&amp;',
  '<!--',
  ']]>',
  '{{7*7}}',
  '\u0024{7*7}',
  '</p>',
  '<img src=x onerror=alert(1)>',
  '%3Cb%3E',
];
const formulas = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1;1)',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://example.com")',
  '\t=1+1',
  "=2+5+cmd|' '!A0",
];
const controls = [
  '\u0000',
  '\u0007',
  '\u0008',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\ufff9',
];
const digits = '0123456789';
const words = [
  'null',
  'undefined',
  'NaN',
  'true',
  'false',
  'None',
  'nil',
  'Infinity',
  '0',
  '-1',
  '1e3',
  '0x10',
  '[]',
  '{}',
  'N/A',
  'N',
  'on',
  '1.0',
  '12,5',
];
const spaces = [' ', '  ', '\u00a0', '\u2009', '\u3000'];

/** The most telling first: edge plans keep this order. */
export const families: readonly Family[] = [
  { name: 'ascii', sample: 'Plain text, 42', draw: (dice, size) => characters(dice, size, latin) },
  { name: 'emoji', sample: 'Emoji 😀🎉', draw: (dice, size) => pieces(dice, size, emoji) },
  { name: 'quotes', sample: `O'Brien "the 2nd" C:\\new \`x\``, draw: (dice, size) => mixed(dice, size, quotes) },
  { name: 'latin-accents', sample: 'Zoë Ångström-Müßig', draw: (dice, size) => characters(dice, size, accents) },
  { name: 'crlf', active: true, sample: 'first\r\nsecond\nthird', draw: (dice, size) => mixed(dice, size, lines) },
  {
    name: 'markup',
    active: true,
    sample: '<b>Tom & Jerry &amp; co</b><script>alert(1)</script>{{7*7}}\u0024{7*7}',
    draw: (dice, size) => mixed(dice, size, markup),
  },
  {
    name: 'formula',
    active: true,
    sample: '=1+1',
    draw: (dice, size) => dice.pick(formulas) + characters(dice, size >> 1, digits),
  },
  { name: 'cjk', sample: '株式会社 東京 주식회사', draw: (dice, size) => characters(dice, size, cjk) },
  { name: 'right-to-left', sample: 'שלום مرحبا', draw: (dice, size) => characters(dice, size, rightToLeft) },
  { name: 'joined-emoji', sample: '👨‍👩‍👧‍👦 🏳️‍🌈 👩🏽‍💻', draw: (dice, size) => pieces(dice, size >> 1, joined) },
  { name: 'combining-marks', sample: 'Ame\u0301lie No\u0308l', draw: (dice, size) => mixed(dice, size, combining) },
  {
    name: 'surrogate-edges',
    sample: '\ud7ff\ue000\u{10000}\u{10fffd}',
    draw: (dice, size) => pieces(dice, size, surrogateEdges),
  },
  {
    name: 'leading-zeros',
    sample: '000123',
    draw: (dice, size) => '0'.repeat(1 + (size & 3)) + characters(dice, 1 + (size >> 1), digits),
  },
  {
    name: 'leading-space',
    sample: ' leading',
    draw: (dice, size) => dice.pick(spaces) + characters(dice, size, latin),
  },
  {
    name: 'trailing-space',
    sample: 'trailing ',
    draw: (dice, size) => characters(dice, size, latin) + dice.pick(spaces),
  },
  { name: 'space-only', sample: '   ', draw: (dice, size) => pieces(dice, 1 + (size & 3), spaces) },
  { name: 'words-of-types', sample: 'null', draw: (dice) => dice.pick(words) },
  {
    name: 'control',
    active: true,
    sample: '\u0000\u0007\u001b[31m\u202e\u2028\ufeff',
    draw: (dice, size) => mixed(dice, size, controls),
  },
];

/** Lengths at which columns and buffers end; the last is rare. */
export const longLengths = [255, 256, 1024, 65_536] as const;

/** `length` UTF-16 units that are no repetition of one character, so that a cut shows. */
export function longText(length: number): string {
  return 'Long text 0123456789 abcdefghij '
    .repeat(Math.ceil(length / 32))
    .slice(0, length - 1)
    .concat('z');
}

function characters(dice: Dice, size: number, alphabet: string): string {
  let text = '';
  for (let count = 0; count < size; count++) text += alphabet[dice.below(alphabet.length)];
  return text;
}

function pieces(dice: Dice, size: number, parts: readonly string[]): string {
  let text = '';
  for (let count = 0; count < Math.max(1, size >> 1); count++) text += dice.pick(parts);
  return text;
}

/** Telling pieces between plain letters. */
function mixed(dice: Dice, size: number, parts: readonly string[]): string {
  let text = '';
  for (let count = 0; count < Math.max(1, size >> 2); count++)
    text += dice.pick(parts) + characters(dice, dice.below(4), letters);
  return text;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
