import { otherLetters } from './letters.js';
import type { Stream } from './stream.js';

/**
 * Numbers that regulators keep for fiction, by the digits they begin with (NANPA, Ofcom, Arcep, BNetzA, PTS); `*` is
 * any digit.
 */
const fiction: readonly (readonly [prefix: string, shapes: readonly string[]])[] = [
  ['1', ['120255501**', '130255501**', '141555501**', '161755501**', '171355501**']],
  ['44', ['442079460***', '447700900***']],
  ['07', ['07700900***']],
  ['33', ['3319900****', '3326191****', '3335301****', '3346571****', '3353649****', '3363998****']],
  ['49', ['493023125***']],
  ['46', ['463139006**']],
];

/**
 * A number of the same shape that nobody can be called by: one kept for fiction where the country keeps some of that
 * length, else one with zeros behind the country code, which is given to nobody.
 */
export function otherPhone(written: string, stream: Stream): string {
  const text = written.normalize('NFKC');
  const digits = text.replace(/\D/g, '');
  // The plus sign is left out as often as it is written, so only the digits decide.
  const international = !/^0(?!0)/.test(digits);
  const number = international ? digits.replace(/^00/, '') : digits;
  const shapes = fiction
    .filter(([prefix]) => (international || prefix.startsWith('0')) && number.startsWith(prefix))
    .flatMap(([, all]) => all)
    .filter((shape) => shape.length === number.length);
  const made = shapes.length > 0 ? filled(stream.pick(shapes), stream) : unassigned(number, international, stream);
  return laidOver(text, digits.slice(0, digits.length - number.length) + made, stream);
}

const filled = (shape: string, stream: Stream): string => shape.replace(/\*/g, () => String(stream.below(10)));

function unassigned(number: string, international: boolean, stream: Stream): string {
  const kept = international ? number.slice(0, 2) : '';
  const zeros = number.length - kept.length > 6 ? '000' : '0';
  const rest = number.length - kept.length - zeros.length;
  return kept + zeros + Array.from({ length: Math.max(0, rest) }, () => stream.below(10)).join('');
}

/** The digits in the places of the old ones; letters, as of an extension, become others. */
function laidOver(text: string, digits: string, stream: Stream): string {
  let at = 0;
  return text.replace(/\d|[^\d\s().+/-]+/g, (part) => (/\d/.test(part) ? digits[at++]! : otherLetters(part, stream)));
}
