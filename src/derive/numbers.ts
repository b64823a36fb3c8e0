import type { Wire } from '../contract/wire.js';
import { belongs } from './membership.js';
import { minimalOf } from './minimal.js';
import type { Draw } from './strings.js';

export type NumberWire = Extract<Wire, { kind: 'number' }>;

/** Numbers within the bounds: one in four an edge, else small ones, else the whole range. */
export function numberDraw(wire: NumberWire): Draw<number> {
  const edges = numberEdges(wire).map(([, value]) => value);
  const fallback = minimalOf({ ...wire, nullable: undefined } as Wire) as number;
  const step = wire.multipleOf ?? (wire.integer ? 1 : 0.01);
  const low = Math.max(wire.min ?? -1e9, -Number.MAX_SAFE_INTEGER);
  const high = Math.min(wire.max ?? Math.max(1e9, low + 1e9), Number.MAX_SAFE_INTEGER);
  const near = Math.min(Math.max(0, low), high);
  return (dice) => {
    const roll = dice.next() & 3;
    if (roll === 0 && edges.length > 0) return dice.pick(edges);
    const aim = roll === 1 ? near + dice.unit() * Math.min(200, high - near) : low + dice.unit() * (high - low);
    const value = Number((Math.round(aim / step) * step).toFixed(decimals(step)));
    return belongs(wire, value) ? value : fallback;
  };
}

/** Named numbers inside the bounds, the most telling first. */
export function numberEdges(wire: NumberWire): readonly (readonly [name: string, value: number])[] {
  const step = wire.multipleOf ?? (wire.integer ? 1 : 0.5);
  const named: [string, number | undefined][] = [
    ['zero', 0],
    ['min', wire.min === undefined ? undefined : wire.exclusiveMin ? wire.min + step : wire.min],
    ['max', wire.max === undefined ? undefined : wire.exclusiveMax ? wire.max - step : wire.max],
    ['one', 1],
    ['minus-one', -1],
    ['fraction', 0.1],
    ['tiny', 1e-7],
    ['above-int32', 2_147_483_648],
    ['max-safe', Number.MAX_SAFE_INTEGER],
    ['min-safe', Number.MIN_SAFE_INTEGER],
    ['huge', 1e300],
  ];
  const seen = new Set<number>();
  return named.filter((each): each is [string, number] => {
    const value = each[1];
    if (value === undefined || seen.has(value) || !belongs(wire, value)) return false;
    seen.add(value);
    return true;
  });
}

function decimals(step: number): number {
  const text = String(step);
  const exponent = /e-(\d+)/.exec(text);
  return exponent ? Math.min(100, Number(exponent[1]) + 2) : (text.split('.')[1]?.length ?? 0);
}
