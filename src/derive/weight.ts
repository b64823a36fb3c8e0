import type { Wire } from '../contract/wire.js';
import { merged } from './intersection.js';
import { belongs, isObject } from './membership.js';
import { minimalOf } from './minimal.js';

/** How far a value is from the simplest one; compared by bulk, then by fine. Both are natural numbers. */
export interface Weight {
  /** Keys, items, characters, digits. */
  readonly bulk: number;
  /** Distance of whole numbers from the simplest one. */
  readonly fine: number;
}

/** The order that every shrink descends: well-founded, so repeated shrinking ends. */
export function isLighter(one: Weight, other: Weight): boolean {
  return one.bulk < other.bulk || (one.bulk === other.bulk && one.fine < other.fine);
}

/** Of valid and invalid values alike: what the tree does not describe is weighed by its own JSON type. */
export function weightOf(wire: Wire, value: unknown): Weight {
  if (value === null || value === undefined) return nothing;
  switch (wire.kind) {
    case 'lazy':
      return weightOf(wire.target(), value);
    case 'intersection':
      return weightOf(merged(wire) ?? wire.left, value);
    case 'union':
      return unionWeight(wire, value);
    case 'enum':
      return { bulk: 1 + Math.max(0, wire.values.indexOf(value as string)), fine: 0 };
    default:
      return plainWeight(wire, value);
  }
}

const nothing: Weight = { bulk: 0, fine: 0 };
const anything: Wire = { kind: 'any' };

function plainWeight(wire: Wire, value: unknown): Weight {
  if (Array.isArray(value)) return sum(value.map((item, at) => weightOf(itemWire(wire, at), item)));
  if (isObject(value)) return sum(Object.entries(value).map(([key, each]) => weightOf(fieldWire(wire, key), each)));
  if (typeof value === 'string') return { bulk: 1 + textWeight(wire, value), fine: 0 };
  if (typeof value === 'number') return numberWeight(wire, value);
  return { bulk: value === false ? 1 : 2, fine: 0 };
}

/** The tree of one item of a list; anything where the tree describes none. */
export function itemWire(wire: Wire, at: number): Wire {
  if (wire.kind === 'array') return wire.item;
  return (wire.kind === 'tuple' ? (wire.items[at] ?? wire.rest) : undefined) ?? anything;
}

/** The tree of one key of an object; anything where the tree describes none. */
export function fieldWire(wire: Wire, key: string): Wire {
  if (wire.kind === 'record') return wire.value;
  if (wire.kind !== 'object') return anything;
  if (Object.hasOwn(wire.fields, key)) return wire.fields[key]!.wire;
  return typeof wire.rest === 'object' ? wire.rest : anything;
}

/** A container weighs more than any scalar default, so that a wrapped value never looks simpler. */
function sum(parts: readonly Weight[]): Weight {
  return parts.reduce((total, part) => ({ bulk: total.bulk + 1 + part.bulk, fine: total.fine + part.fine }), {
    bulk: 1,
    fine: 0,
  });
}

function unionWeight({ options }: Extract<Wire, { kind: 'union' }>, value: unknown): Weight {
  const at = options.findIndex((option) => belongs(option, value));
  if (at < 0) return weightOf(anything, value);
  const { bulk, fine } = weightOf(options[at]!, value);
  return { bulk: bulk + at, fine };
}

/** Dates by how many of their parts are not those of the simplest; other text by length and kind of character. */
function textWeight(wire: Wire, text: string): number {
  if (wire.kind !== 'string' || wire.format === undefined || wire.format === 'email') return characters(text);
  const simplest = minimalOf({ ...wire, nullable: undefined } as Wire) as string;
  const parts = simplest.split(/[-:T]/);
  return text.split(/[-:T]/).filter((part, at) => part !== parts[at]).length;
}

function characters(text: string): number {
  let weight = 4 * text.length;
  for (let at = 0; at < text.length; at++) weight += oddity(text.charCodeAt(at));
  return weight;
}

function oddity(unit: number): number {
  if (unit === 97) return 0;
  if ((unit >= 98 && unit <= 122) || (unit >= 48 && unit <= 57)) return 1;
  return unit >= 32 && unit < 127 ? 2 : 3;
}

function numberWeight(wire: Wire, value: number): Weight {
  const origin = wire.kind === 'number' ? (minimalOf({ ...wire, nullable: undefined } as Wire) as number) : 0;
  if (value === origin) return { bulk: 1, fine: 0 };
  const distance = Math.abs(value - origin);
  const broken = Number.isInteger(value) ? 0 : 64;
  const bits = Math.ceil(Math.log2(1 + Math.min(distance, Number.MAX_VALUE)));
  return { bulk: 2 + bits + broken + (value < 0 ? 1 : 0), fine: Math.ceil(Math.min(distance, 2 ** 40)) };
}
