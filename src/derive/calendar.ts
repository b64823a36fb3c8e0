import type { Dice } from './dice.js';
import { daysIn } from './membership.js';
import { digits } from './vat.js';

/** Days that calendars, epochs and column types get wrong; the most telling first. */
export const telltaleDays: readonly (readonly [name: string, day: string])[] = [
  ['leap-day', '2024-02-29'],
  ['first-day', '0001-01-01'],
  ['last-day', '9999-12-31'],
  ['before-1900', '1899-12-31'],
  ['century-leap-day', '2000-02-29'],
  ['no-leap-century', '1900-03-01'],
  ['before-epoch', '1969-12-31'],
  ['epoch', '1970-01-01'],
  ['after-2038', '2038-01-20'],
  ['before-gregorian', '1582-10-10'],
  ['two-digit-year', '0099-12-31'],
  ['year-end', '1999-12-31'],
  ['day-above-12', '1985-01-13'],
  ['day-below-13', '1985-02-03'],
  ['far-future', '2999-01-01'],
];

/** A day from integers: mostly of people alive, one in eight from the edges, one in eight from all years. */
export function drawDate(dice: Dice): string {
  const roll = dice.below(8);
  if (roll === 0) return dice.pick(telltaleDays)[1];
  const year = roll === 1 ? 1 + dice.below(9999) : 1925 + dice.below(100);
  const month = 1 + dice.below(12);
  const day = 1 + dice.below(daysIn(year, month));
  return years[year]! + tails[(month - 1) * 31 + day - 1]!;
}

const years = Array.from({ length: 10_000 }, (_, year) => digits(year, 4));
const tails = Array.from(
  { length: 372 },
  (_, at) => `-${digits(Math.floor(at / 31) + 1, 2)}-${digits((at % 31) + 1, 2)}`,
);
