import type { Stream } from './stream.js';

/** Letters that stand for each other: a replaced text keeps its script. All are their own normal form. */
const alphabets: readonly (readonly [script: RegExp, letters: readonly string[]])[] = [
  [/[a-z]/, [...'abcdefghijklmnopqrstuvwxyz']],
  [/\p{Script=Latin}/u, [...'àáâãäåæçèéêëìíîïñòóôõöøùúûü']],
  [/\p{Script=Greek}/u, [...'αβγδεζηθικλμνξοπρστυφχψω']],
  [/\p{Script=Cyrillic}/u, [...'абвгдежзиклмнопрстуфхцчшщыэюя']],
  [/\p{Script=Han}/u, [...'山川田木水火土石竹米花草林森原野海島橋村町門金銀月日星風雨雪']],
  [/\p{Script=Hiragana}/u, [...'あいうえおかきくけこさしすせそなにぬねの']],
  [/\p{Script=Katakana}/u, [...'アイウエオカキクケコサシスセソナニヌネノ']],
  [/\p{Script=Hangul}/u, [...'가나다라마바사아자차카타파하']],
  [/\p{Script=Arabic}/u, [...'ابتثجحخدذرزسشصضطعغفقكلمنهوي']],
  [/\p{Script=Hebrew}/u, [...'אבגדהוזחטיכלמנסעפצקרשת']],
  [/\p{L}/u, [...'abcdefghijklmnopqrstuvwxyz']],
];

/**
 * Other letters and digits in the same places: case, script, length, punctuation and leading zeros stay. What only
 * case, spaces or punctuation tell apart takes the same letters, so that a rewriting of a text shows as one still.
 */
export function otherLetters(text: string, stream: Stream): string {
  let leading = true;
  const replaced = [...text.normalize('NFKC')].map((character) => {
    if (/\p{Nd}/u.test(character)) {
      if (leading && character === '0') return character;
      const digit = leading ? 1 + stream.below(9) : stream.below(10);
      leading = false;
      return String.fromCodePoint(zeroOf(character.codePointAt(0)!) + digit);
    }
    if (!/\p{L}/u.test(character)) return character;
    leading = true;
    return otherLetter(character, stream);
  });
  return replaced.join('');
}

/** The zero of the script that a digit is of: the ten digits of a script stand in a row. */
function zeroOf(digit: number): number {
  let zero = digit;
  while (digit - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return zero;
}

function otherLetter(character: string, stream: Stream): string {
  const lower = character.toLowerCase();
  const [, letters] = alphabets.find(([script]) => script.test(lower))!;
  const letter = stream.pick(letters);
  return lower === character ? letter : letter.toUpperCase();
}

/** Hex digits for hex digits but for the version and the variant, so that a UUID stays one of its kind. */
export function otherUuid(text: string, stream: Stream): string {
  const upper = text === text.toUpperCase() && /[A-F]/.test(text);
  const hex = [...text].map((digit, at) =>
    digit === '-' || at === 14 || at === 19 ? digit : stream.below(16).toString(16),
  );
  return upper ? hex.join('').toUpperCase() : hex.join('').toLowerCase();
}
