import type { ErrorObject } from 'ajv';
import { escapePointer } from '../exchange/json.js';
import type { Violation } from './validator.js';

/**
 * What ajv said, one violation a place: an alternative that failed as a whole is told once, by its nearest branch, and
 * not by the errors of every branch.
 */
export function violationsOf(errors: readonly ErrorObject[], value: unknown): Violation[] {
  const told = new Map<string, Violation>();
  const all = nearest(errors);
  const mistypedAt = new Set(all.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  for (const error of all) {
    if (error.keyword !== 'type' && mistypedAt.has(error.instancePath)) continue;
    const violation = violationOf(error, value);
    const key = `${violation.pointer} ${violation.rule}`;
    if (!told.has(key)) told.set(key, violation);
  }
  return [...told.values()];
}

const isAlternative = ({ keyword }: ErrorObject) => keyword === 'anyOf' || keyword === 'oneOf';

/** Errors of alternatives replaced, outermost first, by those of the branch that comes nearest. */
function nearest(errors: readonly ErrorObject[]): ErrorObject[] {
  const outer = errors.filter(isAlternative).sort((a, b) => a.schemaPath.length - b.schemaPath.length)[0];
  if (outer === undefined) return [...errors];
  const inside = errors.filter((error) => error !== outer && belongsTo(error, outer));
  const others = errors.filter((error) => error !== outer && !inside.includes(error));
  const branch = nearestBranch(outer, inside);
  return [...nearest(others), ...(branch === undefined ? [{ ...outer, keyword: 'alternatives' }] : nearest(branch))];
}

/** A branch reached by a reference has schema paths of its own; the place in the data tells then. */
function belongsTo(error: ErrorObject, outer: ErrorObject): boolean {
  if (error.schemaPath.startsWith(`${outer.schemaPath}/`)) return within(error, outer);
  return error.schemaPath.startsWith('#/definitions/') && within(error, outer);
}

function within(error: ErrorObject, outer: ErrorObject): boolean {
  return error.instancePath === outer.instancePath || error.instancePath.startsWith(`${outer.instancePath}/`);
}

/** The branch that fits in type, and among those the one with the fewest errors; undefined when none fits in type. */
function nearestBranch(outer: ErrorObject, inside: readonly ErrorObject[]): ErrorObject[] | undefined {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of inside) {
    const index = error.schemaPath.startsWith(`${outer.schemaPath}/`)
      ? error.schemaPath.slice(outer.schemaPath.length + 1).split('/')[0]!
      : error.schemaPath.split('/')[2]!;
    branches.set(index, [...(branches.get(index) ?? []), error]);
  }
  const fitting = [...branches.values()].filter((branch) => !branch.some((error) => mistaken(error, outer)));
  return fitting.sort((a, b) => a.length - b.length)[0];
}

/** Wrong in kind, not in detail: the type itself, or the field that tells the branches apart. */
function mistaken(error: ErrorObject, outer: ErrorObject): boolean {
  if (error.instancePath === outer.instancePath) return ['type', 'const', 'enum'].includes(error.keyword);
  return outer.keyword === 'oneOf' && error.keyword === 'const';
}

function violationOf(error: ErrorObject, value: unknown): Violation {
  const { keyword, params, instancePath: pointer, data } = error;
  const missing = (name: string, rule: string): Violation => ({
    pointer: `${pointer}/${escapePointer(name)}`,
    kind: 'required',
    rule,
    message: `${pointer}/${name} is missing`,
    expected: 'required',
  });
  switch (keyword) {
    case 'required':
      return missing(String(params['missingProperty']), 'required');
    case 'type':
      return mistyped(error, typesOf(params['type']));
    case 'alternatives':
      return mistyped(error, alternatives(error));
    case 'enum':
    case 'const':
      return unlisted(error);
    case 'format':
      return {
        pointer,
        kind: 'format',
        rule: `format ${params['format']}`,
        message: `${place(pointer)} is ${quote(data)}, no ${params['format']}`,
        expected: String(params['format']),
      };
    case 'additionalProperties':
      return other(
        `${pointer}/${escapePointer(String(params['additionalProperty']))}`,
        'no further fields',
        'is not allowed here',
      );
    default:
      return other(pointer, ruleOf(keyword, params), `${error.message ?? keyword} (it is ${quote(data ?? value)})`);
  }
}

function other(pointer: string, rule: string, words: string): Violation {
  return { pointer, kind: 'other', rule, message: `${place(pointer)} ${words}`, expected: rule };
}

function mistyped({ instancePath: pointer, data, parentSchema }: ErrorObject, types: readonly string[]): Violation {
  const rule = `type ${types.join('|')}`;
  const expected = (parentSchema?.['format'] as string | undefined) ?? types.find((type) => type !== 'null') ?? 'null';
  return {
    pointer,
    kind: data === null ? 'null' : 'type',
    rule,
    message: `${place(pointer)} is ${nameOf(data)}, not ${types.join(' or ')}`,
    expected,
  };
}

function unlisted({ instancePath: pointer, data, params }: ErrorObject): Violation {
  const values = (params['allowedValues'] ?? [params['allowedValue']]) as readonly unknown[];
  const rule = `enum ${values.map(String).join('|')}`;
  const sameType = values.some((value) => typeOf(value) === typeOf(data));
  const kind = data === null ? 'null' : sameType ? 'enum' : 'type';
  return {
    pointer,
    kind,
    rule,
    message: `${place(pointer)} is ${quote(data)}, none of ${values.map(String).join(', ')}`,
    expected: 'enum',
  };
}

function typesOf(type: unknown): readonly string[] {
  return Array.isArray(type) ? (type as string[]) : String(type).split(',');
}

function alternatives({ schema }: ErrorObject): readonly string[] {
  const branches = Array.isArray(schema) ? (schema as { type?: unknown }[]) : [];
  return [...new Set(branches.flatMap(({ type }) => (type === undefined ? ['another schema'] : typesOf(type))))];
}

function ruleOf(keyword: string, params: Record<string, unknown>): string {
  const limit = params['limit'] ?? params['multipleOf'] ?? params['pattern'];
  return limit === undefined ? keyword : `${keyword} ${limit}`;
}

const place = (pointer: string): string => (pointer === '' ? 'the body' : pointer);

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function nameOf(value: unknown): string {
  return typeof value === 'object' ? typeOf(value) : `the ${typeof value} ${quote(value)}`;
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
