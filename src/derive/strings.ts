import type { Wire } from '../contract/wire.js';
import { drawDate } from './calendar.js';
import { Dice, hash128 } from './dice.js';
import { domainOf, uuid } from './domains.js';
import { families, longLengths, longText } from './families.js';
import { belongs } from './membership.js';
import { minimalOf } from './minimal.js';
import { matching } from './pattern.js';

export type StringWire = Extract<Wire, { kind: 'string' }>;
export type Draw<T = unknown> = (dice: Dice) => T;

const poolSize = 512;

/**
 * Strings of a place in one draw: from a pool of 512 that is made once per kind of place, and one in 32 made afresh, so
 * that the values never run out.
 */
export function stringDraw(wire: StringWire, hostile: boolean): Draw<string> {
  if (wire.format === 'date') return drawDate;
  if (wire.format === 'uuid') return uuid;
  const fresh = freshDraw(wire, hostile);
  return pooled(fresh, () => poolOf(wire, hostile, fresh));
}

/** The same strings as JSON bytes after `opening`, at no cost for those of the pool. */
export function stringBytesDraw(wire: StringWire, hostile: boolean, opening: string): Draw<string> {
  if (wire.format === 'date') return (dice) => `${opening}"${drawDate(dice)}"`;
  if (wire.format === 'uuid') return (dice) => `${opening}"${uuid(dice)}"`;
  const fresh = freshDraw(wire, hostile);
  const opened: Draw<string> = (dice) => opening + jsonBytes(fresh(dice));
  return pooled(opened, () => poolOf(wire, hostile, fresh).map((text) => flat(opening + jsonBytes(text))));
}

function pooled(fresh: Draw<string>, make: () => readonly string[]): Draw<string> {
  let pool: readonly string[] | undefined;
  return (dice) => {
    const bits = dice.next();
    if ((bits & 31) === 0) return fresh(dice);
    pool ??= make();
    return pool[(bits >>> 5) & (poolSize - 1)]!;
  };
}

/** A value as JSON in UTF-8, each byte one character: such texts are joined and written without being encoded again. */
export function jsonBytes(value: unknown): string {
  const text = JSON.stringify(value);
  return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** In one piece of memory, which is copied faster than a text that remembers what it was joined of. */
function flat(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('latin1');
}

const pools = new Map<string, readonly string[]>();

function poolOf(wire: StringWire, hostile: boolean, fresh: Draw<string>): readonly string[] {
  const { min, max, patterns, format, note } = wire;
  const key = JSON.stringify([min, max, patterns, format, note?.domain, hostile]);
  let pool = pools.get(key);
  if (pool === undefined) {
    const [high, low] = hash128(key);
    const dice = new Dice(high, low);
    pool = Array.from({ length: poolSize }, () => fresh(dice));
    pools.set(key, pool);
  }
  return pool;
}

function freshDraw(wire: StringWire, hostile: boolean): Draw<string> {
  if (wire.patterns.length > 0) return (dice) => matching(wire, dice);
  if (wire.format === 'email') return fitting(wire, (dice) => domainOf('email')!.draw(dice, false));
  if (wire.format === 'date-time') return fitting(wire, drawMoment);
  const domain = domainOf(wire.note?.domain);
  return fitting(wire, (dice) => {
    if (domain && (dice.next() & 1) === 0) return domain.draw(dice, hostile);
    return familyText(wire, dice, hostile);
  });
}

/** Values that do not fit their place are drawn again; one that never fits gives the smallest. */
function fitting(wire: StringWire, draw: Draw<string>): Draw<string> {
  return (dice) => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const text = draw(dice);
      if (belongs(wire, text)) return text;
    }
    return minimalOf(wire) as string;
  };
}

function familyText(wire: StringWire, dice: Dice, hostile: boolean): string {
  const roll = dice.below(1024);
  if (roll === 0) return cut(wire, longText(hostile ? longLengths[3] : longLengths[2]));
  if (roll < 16) return cut(wire, longText(longLengths[dice.below(3)]!));
  if (roll < 48 && wire.min === 0) return '';
  const longest = Math.min(wire.max ?? 24, 24);
  for (;;) {
    const text = dice.pick(families).draw(dice, dice.below(longest + 1));
    if (hostile || !isActive(text)) return cut(wire, padded(wire, dice, text));
  }
}

function padded(wire: StringWire, dice: Dice, text: string): string {
  return text.length >= wire.min ? text : text + families[0]!.draw(dice, wire.min - text.length);
}

/** At most `max` UTF-16 units, never through a surrogate pair. */
function cut({ max }: StringWire, text: string): string {
  if (max === undefined || text.length <= max) return text;
  const end = text.slice(0, max);
  return end.isWellFormed() ? end : end.slice(0, -1);
}

/** Markup, spreadsheet formulas, templates, line breaks and control characters: they act where they end up. */
export function isActive(text: string): boolean {
  return /[<>\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\ufeff\ufff9]|[{$]\{|&\w+;|%3c|^\s*[=+\-@]/i.test(
    text,
  );
}

function drawMoment(dice: Dice): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = dice.below(3) === 0 ? `.${String(dice.below(1000)).padStart(3, '0')}` : '';
  return `${drawDate(dice)}T${two(dice.below(24))}:${two(dice.below(60))}:${two(dice.below(60))}${fraction}Z`;
}
