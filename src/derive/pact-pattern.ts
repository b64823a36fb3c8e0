import type { WireFormat } from '../contract/wire.js';
import type { NumberWire } from './numbers.js';
import type { StringWire } from './strings.js';

/** Regular expressions in the dialect of Pact's core, and what they leave unsaid. */
export interface PactPatterns {
  readonly patterns: readonly string[];
  readonly looser: readonly string[];
}

const day = {
  leap: '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29',
  other:
    '[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))',
};
const date = `(?:${day.leap}|${day.other})`;

/** As wide as the formats of the model: no valid value may fail a pact. */
const formats: Readonly<Record<WireFormat, string>> = {
  date: `^${date}$`,
  'date-time': `^${date}T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?Z$`,
  email: "^(?:[A-Za-z0-9_'+-]+[.])*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*[.])+[A-Za-z]{2,}$",
  uuid: '^(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|0{8}-0{4}-0{4}-0{4}-0{12}|[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12})$',
};

/** Longer repetitions make the core refuse the whole expression. */
const longestCount = 1000;

/** Format, patterns and length of a string; empty when any string will do. */
export function stringPatterns(wire: StringWire): PactPatterns {
  const length = lengthPattern(wire);
  return {
    patterns: [
      ...(wire.format === undefined ? [] : [formats[wire.format]]),
      ...wire.patterns.map(portable),
      ...length.patterns,
    ],
    looser: length.looser,
  };
}

/**
 * The model counts UTF-16 units, the core characters: a character takes one or two units, so the bounds are the
 * widest that a valid string can have.
 */
function lengthPattern({ min, max }: StringWire): PactPatterns {
  if (min === 0 && max === undefined) return { patterns: [], looser: [] };
  const least = Math.ceil(min / 2);
  const sayable = least <= longestCount && (max ?? 0) <= longestCount;
  if (!sayable) return { patterns: [], looser: [`length ${min} to ${max ?? 'any'}`] };
  return {
    patterns: [`^[\\s\\S]{${least},${max ?? ''}}$`],
    looser: least === min ? [] : [`at least ${min} UTF-16 units: checked as ${least} characters`],
  };
}

/**
 * `\d` and `\w` mean every script to the core and ASCII to JSON Schema; the core matches the whole text, JSON Schema
 * any part of it.
 */
function portable(source: string): string {
  const ascii = source.replaceAll('\\d', '[0-9]').replaceAll('\\w', '[A-Za-z0-9_]').replaceAll('\\/', '/');
  return /^\^[^|]*[^\\]\$$/.test(ascii) ? ascii : `^(?=[\\s\\S]*?(?:${ascii}))[\\s\\S]*$`;
}

/** Signs of whole numbers can be said as text; other bounds and steps cannot. */
export function numberPatterns(wire: NumberWire): PactPatterns {
  const looser = [
    ...(wire.max === undefined ? [] : [`at most ${wire.max}`]),
    ...(wire.multipleOf === undefined ? [] : [`multiple of ${wire.multipleOf}`]),
  ];
  const lowest = wire.min === undefined ? undefined : wire.exclusiveMin ? wire.min + 1 : wire.min;
  if (lowest === undefined) return { patterns: [], looser };
  if (wire.integer && lowest === 0) return { patterns: ['^[0-9]+$'], looser };
  if (wire.integer && lowest === 1) return { patterns: ['^[1-9][0-9]*$'], looser };
  return { patterns: [], looser: [`at least ${wire.min}`, ...looser] };
}
