import type { Stream } from './stream.js';

const dayMs = 86_400_000;

/** Days that stand for "never" or "not known" in many systems: nobody's birthday, so they stay. */
const tokens = new Set(['0001-01-01', '1900-01-01', '1970-01-01', '9999-12-31']);

/** A day in the text, found by its shape: ISO, or day and month around a four-digit year. */
export const dayPattern = String.raw`(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}([./-])\d{1,2}\1\d{4})(?!\d)`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `12 Jan 2024`, as in the headers of HTTP; the name of the weekday before it is left alone. */
export const httpDayPattern = `(?<!\\d)\\d{1,2} (?:${months.join('|')}) \\d{4}(?!\\d)`;

export function isTokenDay(text: string): boolean {
  return tokens.has(text);
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  write(day: Day | { year: number; month: number; day: number }): string;
}

/** The number of the day since 1970, or undefined for a text that names none. */
export function dayNumber(text: string): number | undefined {
  const day = readDay(text);
  return day && numberOf(day);
}

/** The same day so many days later, written in the same way. A day that there is not stays one that there is not. */
export function shiftDay(text: string, days: number): string {
  const day = readDay(text);
  if (day === undefined) return text;
  const number = numberOf(day);
  if (number === undefined) return otherYear(day, days);
  const shifted = new Date(moved(number, days) * dayMs);
  return day.write({ year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate() });
}

/** A shift of at least a month after which no day is one of those that were there before. */
export function shiftFor(days: ReadonlySet<number>, stream: Stream): number {
  for (let attempt = 0; ; attempt++) {
    const size = 31 + stream.below(700) + attempt * 10;
    const shift = stream.below(2) === 0 ? size : -size;
    if (![...days].some((day) => days.has(moved(day, shift)))) return shift;
  }
}

/** The years that a date may have, and the year zero, which not every reader takes for one. */
const calendars = [
  [1, 9999],
  [0, 0],
].map(([from, to]) => ({
  first: numberOf({ year: from!, month: 1, day: 1 })!,
  last: numberOf({ year: to!, month: 12, day: 31 })!,
}));

/** What leaves its calendar at one end comes in at the other, so that a date stays a date. */
function moved(day: number, shift: number): number {
  const { first, last } = calendars.find((each) => day >= each.first && day <= each.last)!;
  const count = last - first + 1;
  return first + ((((day - first + shift) % count) + count) % count);
}

function otherYear(day: Day, days: number): string {
  const step = days < 0 ? -1 : 1;
  for (let year = day.year + step; ; year += step) {
    const other = { ...day, year };
    if (numberOf(other) === undefined) return day.write(other);
  }
}

function numberOf({ year, month, day }: { year: number; month: number; day: number }): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / dayMs : undefined;
}

const padded = (value: number, width: number): string => String(Math.abs(value)).padStart(width, '0');

function readDay(text: string): Day | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) {
    const [year, month, day] = iso.slice(1).map(Number) as [number, number, number];
    return { year, month, day, write: (at) => [padded(at.year, 4), padded(at.month, 2), padded(at.day, 2)].join('-') };
  }
  const named = /^(\d{1,2}) (\w{3}) (\d{4})$/.exec(text);
  if (named) {
    const [day, year] = [Number(named[1]), Number(named[3])];
    const write: Day['write'] = (at) =>
      [padded(at.day, named[1]!.length), months[at.month - 1], padded(at.year, 4)].join(' ');
    return { year, month: months.indexOf(named[2]!) + 1, day, write };
  }
  return around(text);
}

/** Day before month, unless only the other way round makes a day. */
function around(text: string): Day | undefined {
  const found = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!found) return undefined;
  const [, one = '', mark = '', two = ''] = found;
  const american = Number(two) > 12 && Number(one) <= 12;
  const year = Number(found[4]);
  const write: Day['write'] = (at) => {
    const [day, month] = [at.day, at.month].map((value) => padded(value, Math.min(one.length, two.length)));
    return [...(american ? [month, day] : [day, month]), padded(at.year, 4)].join(mark);
  };
  return { year, month: Number(american ? one : two), day: Number(american ? two : one), write };
}
