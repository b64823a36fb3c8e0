import { expect, test } from 'vitest';
import { z } from 'zod';
import { contactIn } from '../../contracts/chift/index.js';
import { toWire } from '../contract/wire.js';
import { edgePlan, edgesOf } from './edges.js';
import { validatorOf } from './validator.js';

const wire = toWire(contactIn, 'contact');
const plan = edgePlan(wire, { hostile: true });
const tame = edgePlan(wire, { hostile: false });
const names = (bodies: typeof plan, pointer: string) =>
  bodies.flatMap(({ covers }) => covers.filter((each) => each.pointer === pointer).map(({ name }) => name));

test('a contact is covered in at most 120 bodies, each valid and each different', () => {
  for (const bodies of [plan, tame]) {
    expect(bodies.length).toBeLessThanOrEqual(120);
    expect(bodies.filter(({ body }) => !validatorOf(contactIn).accepts(body))).toEqual([]);
    expect(new Set(bodies.map(({ body }) => JSON.stringify(body))).size).toBe(bodies.length);
  }
});

test('everything, nothing, nulls and an unknown key come first', () => {
  const [full, empty, , nulls] = plan.map(({ body }) => body as Record<string, unknown>);
  expect(Object.keys(full!)).toHaveLength(21);
  expect(empty).toEqual({});
  expect(Object.values(nulls!)).toEqual(Array.from({ length: 21 }, () => null));
  expect(plan.slice(0, 8).some(({ body }) => Object.hasOwn(body as object, 'x_unknown'))).toBe(true);
});

test('every named edge of every place is shown', () => {
  for (const hostile of [true, false]) {
    const shown = new Set(
      edgePlan(wire, { hostile }).flatMap(({ covers }) => covers.map((each) => JSON.stringify(each))),
    );
    expect(edgesOf(wire, { hostile }).filter((edge) => !shown.has(JSON.stringify(edge)))).toEqual([]);
  }
  expect(names(plan, '/birthdate')).toEqual(
    expect.arrayContaining(['absent', 'null', 'leap-day', 'first-day', 'last-day']),
  );
  expect(names(plan, '/gender')).toEqual(expect.arrayContaining(['H', 'F', 'N/A', 'null']));
  expect(names(plan, '/addresses')).toEqual(expect.arrayContaining(['list-0', 'list-1', 'list-2', 'list-100', 'null']));
  expect(names(plan, '/addresses/*/city')).toEqual(
    expect.arrayContaining(['empty', 'emoji', 'right-to-left', 'long-65536']),
  );
  expect(names(plan, '/email')).toEqual(
    expect.arrayContaining(['plus-tag', 'markup', 'formula', 'control', 'one-char']),
  );
});

test('an edge said to be shown is in the body', () => {
  for (const { body, covers } of plan) {
    const contact = body as Record<string, unknown>;
    for (const { pointer, name } of covers) {
      if (name === 'absent' && !pointer.includes('*')) expect(contact).not.toHaveProperty([pointer.slice(1)]);
      if (name === 'null' && !pointer.includes('*')) expect(contact[pointer.slice(1)]).toBeNull();
      if (name === 'long-65536' && !pointer.includes('*')) expect(contact[pointer.slice(1)]).toHaveLength(65_536);
      if (name === 'list-100') expect(contact['addresses']).toHaveLength(100);
    }
  }
});

type State = (value: unknown, key: string) => boolean;
const states: Record<string, State> = {
  absent: (body, key) => !Object.hasOwn(body as object, key),
  null: (body, key) => (body as Record<string, unknown>)[key] === null,
  present: (body, key) => ((body as Record<string, unknown>)[key] ?? null) !== null,
};

test('every pair of fields occurs in every pair of absent, null and present', () => {
  const addresses = plan.flatMap(({ body }) => (body as { addresses?: unknown[] | null }).addresses ?? []);
  const optional = ['name', 'number', 'box', 'phone', 'mobile', 'email'];
  expect(
    openPairs(
      plan.map(({ body }) => body),
      Object.keys(contactIn.shape),
    ),
  ).toEqual([]);
  expect(openPairs(addresses, optional)).toEqual([]);
});

function openPairs(bodies: readonly unknown[], keys: readonly string[]): string[] {
  const sets = keys.map((key) =>
    Object.values(states).map((state) => new Set(bodies.filter((body) => state(body, key)))),
  );
  return keys.flatMap((one, left) =>
    keys
      .slice(left + 1)
      .flatMap((other, gap) =>
        [0, 1, 2].flatMap((a) =>
          [0, 1, 2]
            .filter((b) => [...sets[left]![a]!].every((body) => !sets[left + 1 + gap]![b]!.has(body)))
            .map((b) => `${one} ${Object.keys(states)[a]}, ${other} ${Object.keys(states)[b]}`),
        ),
      ),
  );
}

test('without permission no text acts where it ends up, and none is longer than 1,024', () => {
  const texts: string[] = [];
  JSON.stringify(tame, (_, value) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  expect(texts.filter((text) => /[<>\u0000-\u001f\u202e]|^[=@]|^-1|\{\{/.test(text))).toEqual([]);
  expect(Math.max(...texts.map(({ length }) => length))).toBe(1024);
  expect(names(tame, '/comment')).not.toContain('markup');
});

test('texts of 65,536 characters are spread: no body is over half a megabyte, all together under 3 MB', () => {
  const sizes = plan.map(({ body }) => JSON.stringify(body).length);
  expect(Math.max(...sizes)).toBeLessThan(500_000);
  expect(sizes.reduce((total, size) => total + size)).toBeLessThan(3_000_000);
});

test('the plan is the same every time, and a limit keeps its beginning', () => {
  expect(edgePlan(wire, { hostile: true })).toEqual(plan);
  expect(edgePlan(wire, { hostile: true, limit: 7 })).toEqual(plan.slice(0, 7));
});

test('bounds, patterns, closed objects, unions and recursion have their own edges', () => {
  const tree = z.strictObject({
    code: z.string().min(2).max(5),
    mark: z.string().regex(/^[A-Z]{3}$/),
    few: z.array(z.int().min(1).max(9)).min(1).max(3),
    either: z.union([z.boolean(), z.string().max(1)]),
    get next() {
      return tree.optional();
    },
  });
  const edges = edgesOf(toWire(tree, 'tree'), { hostile: true });
  const at = (pointer: string) => edges.filter((edge) => edge.pointer === pointer).map(({ name }) => name);
  expect(at('/code')).toEqual(['typical', 'shortest', 'longest', 'formula', 'space-only', 'words-of-types']);
  expect(at('/mark')).toEqual(['typical', 'minimal']);
  expect(at('/few')).toEqual(['list-1', 'list-2', 'list-3']);
  expect(at('/few/*')).toEqual(['typical', 'min', 'max']);
  expect(at('/either')).toEqual(['true', 'false', 'typical@2', 'empty@2', 'one-char@2']);
  expect(at('/next/code')).toContain('longest');
  expect(at('')).toEqual([]);
  for (const { body } of edgePlan(toWire(tree, 'tree'), { hostile: true }))
    expect(validatorOf(tree).accepts(body)).toBe(true);
});
