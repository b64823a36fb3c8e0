import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Property } from '../property/property.js';
import { surroundings } from '../testing/surroundings.js';
import { type Item, type Plan, planOf } from './plan.js';

const whole = { index: 1, total: 1 };

function property(id: string, count: number, more: Partial<Property> = {}): Property {
  return {
    id,
    kind: 'edge',
    inputs: () => ({ count, at: (index) => index, shrink: () => [], covers: () => [] }),
    run: async () => [],
    ...more,
  };
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
const properties = sizes.map((counts) => counts.map((count, at) => property(`p${at}`, count)));
const address = ({ property: { id }, index }: Item): string => `${id}:${index}`;
const allOf = ({ cases, fillers }: Plan): string[] => [...cases, ...fillers()].map(address);

describe('the order of a plan', () => {
  it('has every case once', () => {
    fc.assert(
      fc.property(properties, (list) => {
        const all = allOf(planOf(list, surroundings(), whole));
        const expected = list.flatMap(({ id, inputs }) =>
          Array.from({ length: inputs(surroundings()).count }, (_, at) => `${id}:${at}`),
        );
        expect([...all].sort()).toEqual(expected.sort());
      }),
      { seed: 1 },
    );
  });

  it('has of each property, in every prefix, about its share', () => {
    fc.assert(
      fc.property(properties, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
        const all = planOf(list, surroundings(), whole).cases;
        const prefix = all.slice(0, Math.round(all.length * part));
        for (const { id, inputs } of list) {
          const share = (inputs(surroundings()).count * prefix.length) / all.length;
          const taken = prefix.filter((item) => item.property.id === id).length;
          expect(Math.abs(taken - share)).toBeLessThanOrEqual(list.length);
        }
      }),
      { seed: 2 },
    );
  });

  it('begins with what a target must pass to be fit for the rest', () => {
    const list = [property('many', 30), property('gate', 3, { first: true })];
    expect(allOf(planOf(list, surroundings(), whole)).slice(0, 3)).toEqual(['gate:0', 'gate:1', 'gate:2']);
  });

  it('ends with the random cases, one of each in turn, made only when they are asked for', () => {
    const random = property('random', Number.MAX_SAFE_INTEGER, { filler: true });
    const plan = planOf([random, property('few', 2, { filler: true }), property('planned', 3)], surroundings(), whole);
    expect(plan.cases.map(address)).toEqual(['planned:0', 'planned:1', 'planned:2']);
    const first: string[] = [];
    for (const item of plan.fillers()) if (first.push(address(item)) === 6) break;
    expect(first).toEqual(['random:0', 'few:0', 'random:1', 'few:1', 'random:2', 'random:3']);
  });
});

describe('shards', () => {
  it('are the whole together and share nothing, fillers included', () => {
    fc.assert(
      fc.property(properties, sizes, fc.integer({ min: 1, max: 7 }), (list, more, total) => {
        const both = [...list, ...more.map((count, at) => property(`f${at}`, count, { filler: true }))];
        const all = allOf(planOf(both, surroundings(), whole));
        const parts = Array.from({ length: total }, (_, at) =>
          allOf(planOf(both, surroundings(), { index: at + 1, total })),
        );
        expect(parts.flat().sort()).toEqual([...all].sort());
        for (const part of parts) expect(all.filter((each) => part.includes(each))).toEqual(part);
      }),
      { seed: 3 },
    );
  });
});
