import { numbersNear, stringsNear } from './draw.js';
import { anyNumber, anyString, type BooleanRule, type NumberRule, type StringRule } from './shape.js';
import { type DifferenceKind, effectOf, type Place, type Search } from './suspicion.js';

const shown = (value: unknown): string => JSON.stringify(value) ?? 'none';

export function compareBooleans(a: BooleanRule, b: BooleanRule, place: Place, search: Search): void {
  compareLists(a.values, b.values, place, search);
}

/** One report for each value that came or went. */
function compareLists(a: readonly unknown[], b: readonly unknown[], place: Place, { report }: Search): void {
  const [before, after] = [a, b].map((values) => values.map(shown).join(', ')) as [string, string];
  const one = (value: unknown, change: 'added' | 'removed') =>
    report(place, {
      kind: 'enum',
      rule: `enum value ${shown(value)} ${change}`,
      before,
      after,
      effect: change === 'added' ? 'wider' : 'narrower',
      tries: () => [value],
    });
  for (const value of a) if (!b.includes(value)) one(value, 'removed');
  for (const value of b) if (!a.includes(value)) one(value, 'added');
}

/** A list on one side alone; what else is said beside a list is said by the list. */
function listAgainst(
  values: readonly unknown[],
  listed: 'a' | 'b',
  plain: boolean,
  tries: readonly unknown[],
  place: Place,
  search: Search,
): void {
  const list = values.map(shown).join(', ');
  search.report(place, {
    kind: 'enum',
    rule: listed === 'b' ? `limited to ${list}` : `no longer limited to ${list}`,
    before: listed === 'a' ? list : 'any value',
    after: listed === 'b' ? list : 'any value',
    effect: plain ? effectOf(listed === 'b', listed === 'a') : 'both',
    tries: () => tries,
  });
}

interface Listed {
  readonly values: readonly unknown[] | undefined;
}

/** Compares lists of values, where there is one on either side; false where there is none. */
function comparedAsLists<R extends Listed>(
  a: R,
  b: R,
  free: R,
  tries: readonly unknown[],
  place: Place,
  search: Search,
) {
  const isFree = (rule: R) => JSON.stringify(rule) === JSON.stringify(free);
  if (a.values !== undefined && b.values !== undefined) compareLists(a.values, b.values, place, search);
  else if (b.values !== undefined) listAgainst(b.values, 'b', isFree(a), tries, place, search);
  else if (a.values !== undefined) listAgainst(a.values, 'a', isFree(b), tries, place, search);
  else return false;
  return true;
}

export function compareStrings(a: StringRule, b: StringRule, place: Place, search: Search): void {
  const tries = stringsNear(a, b);
  if (comparedAsLists(a, b, anyString, tries, place, search)) return;
  const limits: [string, number | undefined, number | undefined][] = [
    ['minLength', a.min || undefined, b.min || undefined],
    ['maxLength', a.max, b.max],
  ];
  compareLimits('length', limits, tries, place, search);
  compareNames('format', a.formats, b.formats, tries, place, search);
  compareNames('pattern', a.patterns, b.patterns, tries, place, search);
}

export function compareNumbers(a: NumberRule, b: NumberRule, place: Place, search: Search): void {
  const tries = numbersNear(a, b);
  if (comparedAsLists(a, b, anyNumber, tries, place, search)) return;
  if (a.integer !== b.integer) {
    const [before, after] = a.integer ? ['integer', 'number'] : ['number', 'integer'];
    const report = { kind: 'type', rule: `type ${before} → ${after}`, before, after, tries: () => tries } as const;
    search.report(place, { ...report, effect: effectOf(b.integer, a.integer) });
  }
  compareLimits('range', rangeLimits(a, b), tries, place, search);
  compareNames('multiple', a.multiples.map(String), b.multiples.map(String), tries, place, search);
  compareNames('format', a.formats, b.formats, tries, place, search);
}

/** `> 0` and `≥ 1` are one limit for integers. */
function rangeLimits(a: NumberRule, b: NumberRule): [string, number | undefined, number | undefined][] {
  const whole = a.integer && b.integer;
  const low = (rule: NumberRule) =>
    whole && rule.above !== undefined ? Math.max(Math.floor(rule.above) + 1, rule.min ?? -Infinity) : rule.min;
  const high = (rule: NumberRule) =>
    whole && rule.below !== undefined ? Math.min(Math.ceil(rule.below) - 1, rule.max ?? Infinity) : rule.max;
  const strict: [string, number | undefined, number | undefined][] = whole
    ? []
    : [
        ['exclusiveMinimum', a.above, b.above],
        ['exclusiveMaximum', a.below, b.below],
      ];
  return [['minimum', low(a), low(b)], ['maximum', high(a), high(b)], ...strict];
}

/** Limits by name: a lower limit that rises and an upper limit that falls take something away. */
export function compareLimits(
  kind: DifferenceKind,
  limits: readonly (readonly [name: string, a: number | undefined, b: number | undefined])[],
  tries: Iterable<unknown>,
  place: Place,
  search: Search,
): void {
  for (const [name, a, b] of limits) {
    if (a === b) continue;
    const lower = /min/i.test(name);
    const free = lower ? -Infinity : Infinity;
    const narrower = lower ? (b ?? free) > (a ?? free) : (b ?? free) < (a ?? free);
    search.report(place, {
      kind,
      rule: `${name} ${a ?? 'none'} → ${b ?? 'none'}`,
      before: String(a ?? 'none'),
      after: String(b ?? 'none'),
      effect: effectOf(narrower, !narrower),
      tries: () => tries,
    });
  }
}

/** Formats, patterns and the like: all of them hold at once, so a new one narrows. */
function compareNames(
  kind: DifferenceKind,
  a: readonly string[],
  b: readonly string[],
  tries: readonly unknown[],
  place: Place,
  { report }: Search,
): void {
  const gone = a.filter((name) => !b.includes(name));
  const come = b.filter((name) => !a.includes(name));
  if (gone.length + come.length === 0) return;
  const [before, after] = [gone.join(' and ') || 'none', come.join(' and ') || 'none'];
  const effect = effectOf(come.length > 0, gone.length > 0);
  report(place, { kind, rule: `${kind} ${before} → ${after}`, before, after, effect, tries: () => tries });
}
