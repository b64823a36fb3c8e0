import type { Wire } from '../contract/wire.js';
import { type Defect, expectation } from './defect.js';
import { defectsOf } from './defects.js';
import { exampleOf } from './example.js';
import { json, manglings, withMember } from './mangled.js';
import { belongs, isObject } from './membership.js';
import { type Place, placesOf } from './places.js';

/** One way to make a valid body invalid: one defect in one place. */
export interface Mutation {
  /** `class@pointer#variant`, unique and stable. */
  readonly id: string;
  /** Kind of mistake: `type-string`, `null-where-not-nullable`, `malformed-json`, … */
  readonly class: string;
  /** JSON pointer of the place it breaks; '' is the whole body. */
  readonly pointer: string;
  /** What is wrong, for people. */
  readonly label: string;
  /** Which promise it breaks. */
  readonly reason: string;
  /** Variants of its class are mistakes of their own, each read by other code: none stands for the others. */
  readonly distinct?: true;
  /** The defect in any valid body; places that the body lacks are made. */
  apply(base: unknown): Mutant;
}

/** A body that one mutation has made invalid, in the forms it can be sent in. */
export interface Mutant {
  readonly text: string;
  /** Content type to claim; null claims none. */
  readonly contentType: string | null;
  /** The value that the text says, or the valid one it was made of when the text is no JSON. */
  readonly body: unknown;
}

/** Every invalid neighbour of the bodies of a tree: each defect of each place, and those of text and envelope. */
export function mutationsOf(wire: Wire): readonly Mutation[] {
  const base = exampleOf(wire, { optional: 'present' });
  const inValue = placesOf(wire)
    .flatMap(mutationsAt)
    .filter((mutation) => !belongs(wire, mutation.apply(base).body));
  const unique = new Map([...inValue, ...inText(), ...notNumbers(wire)].map((mutation) => [mutation.id, mutation]));
  return [...unique.values()];
}

function mutationsAt(place: Place): Mutation[] {
  const missing = place.omit && omission(place, place.omit);
  const defects = defectsOf(place.wire).map((defect) => ofDefect(place, defect));
  return missing ? [missing, ...defects] : defects;
}

function ofDefect(place: Place, defect: Defect): Mutation {
  const name = className(place, defect.class);
  return {
    ...named(name, place.pointer, defect.variant),
    label: `${whereOf(place.pointer)} is ${told(defect)}`,
    reason: defect.reason,
    ...(defect.distinct ? { distinct: true } : {}),
    apply: (base) => valueMutant(place.edit(base, (current) => defect.value(current))),
  };
}

/** Wrong types of the whole body and of list items are mistakes of their own kind. */
function className({ role }: Place, name: string): string {
  if (role === 'root' && /^(type-|null-|list-instead|object-instead)/.test(name)) return 'root-type';
  if (role === 'item' && name.startsWith('type-')) return 'array-item-type';
  return name;
}

function omission(place: Place, omit: (body: unknown) => unknown): Mutation {
  return {
    ...named('missing-required', place.pointer, 'absent'),
    label: `${place.pointer} is missing`,
    reason: `${place.pointer} is required: ${expectation(place.wire)}`,
    apply: (base) => valueMutant(omit(base)),
  };
}

function inText(): Mutation[] {
  return manglings.map(({ class: name, variant, label, reason, contentType, text }) => ({
    ...named(name, '', variant),
    label,
    reason,
    distinct: true,
    apply: (base) => ({ text: text(JSON.stringify(base)), contentType, body: base }),
  }));
}

/** Python's reader takes NaN and Infinity for numbers: they stand where a number is wrong as well. */
function notNumbers(wire: Wire): Mutation[] {
  const fields = wire.kind === 'object' ? Object.entries(wire.fields) : [];
  const key = fields.find(([, field]) => ['string', 'boolean', 'enum', 'array'].includes(field.wire.kind))?.[0];
  if (key === undefined) return [];
  return ['NaN', '-Infinity'].map((word) => ({
    ...named('malformed-json', '', word),
    label: `the body is no JSON: ${word} as a value`,
    reason: 'the body must be JSON (RFC 8259)',
    distinct: true,
    apply: (base) => {
      const { [key]: _, ...rest } = isObject(base) ? base : {};
      return {
        text: withMember(JSON.stringify(rest), `${JSON.stringify(key)}:${word}`),
        contentType: json,
        body: base,
      };
    },
  }));
}

function named(name: string, pointer: string, variant: string) {
  return { id: `${name}@${pointer}#${variant}`, class: name, pointer };
}

function valueMutant(body: unknown): Mutant {
  return { text: JSON.stringify(body), contentType: json, body };
}

function whereOf(pointer: string): string {
  return pointer === '' ? 'the body' : pointer;
}

function told({ variant, value }: Defect): string {
  const text = JSON.stringify(value(undefined)) ?? variant;
  return text.length > 60 ? `${variant} (${text.slice(0, 40)}…)` : text;
}
