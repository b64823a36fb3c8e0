import { regexes } from 'zod';
import type { WireFormat, WireShape } from './wire.js';

/** A zod check, or the part of a zod definition that is one. */
export interface ReadCheck {
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
  readonly value?: number | bigint;
  readonly inclusive?: boolean;
}

type Refuse = (what: string, hint: string) => never;
type StringShape = Extract<WireShape, { kind: 'string' }>;
type NumberShape = Extract<WireShape, { kind: 'number' }>;

/** Lengths, patterns and the format of a string; `own` carries the format of `z.email()` and its like. */
export function stringShape(own: ReadCheck, checks: readonly ReadCheck[], refuse: Refuse): StringShape {
  let shape: StringShape = { kind: 'string', min: 0, max: undefined, patterns: [], format: undefined };
  for (const check of own.check === 'string_format' ? [own, ...checks] : checks) shape = narrowed(shape, check, refuse);
  const { min, max = min } = shape;
  if (max < min) return refuse(`a length of at least ${min} and at most ${max}`, contradiction);
  for (const length of [min, max])
    if (!Number.isSafeInteger(length) || length < 0)
      return refuse(`a length of ${length}`, 'lengths are whole numbers');
  if (min > longestLeast) return refuse(`a length of at least ${min}`, `nothing longer than ${longestLeast} is made`);
  return shape;
}

const contradiction = 'nothing can be that: the bounds contradict each other';

/** Of a text or a list that may not be shorter: each body that is made would be larger still. */
const longestLeast = 100_000;

function narrowed(shape: StringShape, check: ReadCheck, refuse: Refuse): StringShape {
  switch (check.check) {
    case 'min_length':
      return { ...shape, min: Math.max(shape.min, check.minimum!) };
    case 'max_length':
      return { ...shape, max: Math.min(shape.max ?? Number.POSITIVE_INFINITY, check.maximum!) };
    case 'length_equals':
      return {
        ...shape,
        min: Math.max(shape.min, check.length!),
        max: Math.min(shape.max ?? Number.POSITIVE_INFINITY, check.length!),
      };
    case 'string_format':
      return formatted(shape, check, refuse);
    case 'overwrite':
      return refuse('a check that rewrites the value', 'describe the JSON as it is on the wire');
    case 'custom':
      return refuse('a refinement', 'say it with types, so that it can be generated and written down');
    default:
      return refuse(`the check ${check.check}`, 'say it with types, lengths and patterns');
  }
}

/** Formats on which zod and ajv give one verdict, each with the pattern zod gives it by default. */
const formats: Readonly<Record<string, readonly [WireFormat, RegExp | undefined]>> = {
  date: ['date', regexes.date],
  datetime: ['date-time', undefined],
  email: ['email', regexes.email],
  uuid: ['uuid', regexes.uuid()],
  guid: ['uuid', regexes.guid],
};

/** Formats that are a pattern and nothing else. */
const spelled = new Set(['regex', 'starts_with', 'ends_with', 'includes', 'lowercase', 'uppercase']);

function formatted(shape: StringShape, check: ReadCheck, refuse: Refuse): StringShape {
  const { format = '', pattern } = check;
  const [name, usual] = formats[format] ?? [];
  if (name === 'date-time' ? isZoned(check) : name !== undefined && pattern?.source === usual?.source) {
    if (shape.format !== undefined && shape.format !== name)
      refuse(`the formats ${shape.format} and ${name} at once`, 'keep one');
    return { ...shape, format: name };
  }
  if (pattern === undefined || (name === undefined && !spelled.has(format)))
    return refuse(
      `the format ${format}`,
      `zod and JSON Schema disagree on it; use ${Object.keys(formats).join(', ')} or a pattern`,
    );
  if (/[^u]/.test(pattern.flags)) refuse(`the flags of ${pattern}`, 'JSON Schema patterns have no flags');
  return { ...shape, patterns: [...shape.patterns, pattern.source] };
}

/** RFC 3339 as JSON Schema means it: with a zone, seconds, any fraction. */
function isZoned(check: ReadCheck): boolean {
  const { local, precision } = check as { local?: boolean; precision?: number | null };
  return local !== true && (precision ?? null) === null;
}

/** Bounds and steps of a number; `own` carries the format of `z.int()` and its like. */
export function numberShape(own: ReadCheck, checks: readonly ReadCheck[], refuse: Refuse): NumberShape {
  let shape: NumberShape = {
    kind: 'number',
    integer: false,
    min: undefined,
    max: undefined,
    exclusiveMin: false,
    exclusiveMax: false,
    multipleOf: undefined,
  };
  for (const check of own.check === 'number_format' ? [own, ...checks] : checks) shape = bounded(shape, check, refuse);
  const { min, max } = shape;
  if (
    min !== undefined &&
    max !== undefined &&
    (min > max || (min === max && (shape.exclusiveMin || shape.exclusiveMax)))
  )
    return refuse(`a number from ${min} to ${max}`, contradiction);
  return shape;
}

const ranges: Readonly<Record<string, readonly [integer: boolean, min: number | undefined, max: number | undefined]>> =
  {
    safeint: [true, undefined, undefined],
    int32: [true, -(2 ** 31), 2 ** 31 - 1],
    uint32: [true, 0, 2 ** 32 - 1],
    float64: [false, undefined, undefined],
  };

function bounded(shape: NumberShape, check: ReadCheck, refuse: Refuse): NumberShape {
  const value = Number(check.value);
  if ('value' in check && (!Number.isFinite(value) || (check.check === 'multiple_of' && value <= 0)))
    return refuse(`the bound or step ${value}`, 'JSON Schema has no such bound: leave it out, or name a number');
  switch (check.check) {
    case 'greater_than':
      return above(shape, value, check.inclusive !== true);
    case 'less_than':
      return below(shape, value, check.inclusive !== true);
    case 'multiple_of':
      return shape.multipleOf === undefined || shape.multipleOf === value
        ? { ...shape, multipleOf: value }
        : refuse('two steps of one number', 'keep one');
    case 'number_format': {
      const range = ranges[check.format ?? ''];
      if (range === undefined)
        return refuse(`the number format ${check.format}`, 'use z.int, z.int32, z.uint32 or bounds');
      const [integer, min, max] = range;
      const whole = { ...shape, integer: shape.integer || integer };
      const from = min === undefined ? whole : above(whole, min, false);
      return max === undefined ? from : below(from, max, false);
    }
    case 'custom':
      return refuse('a refinement', 'say it with types, so that it can be generated and written down');
    default:
      return refuse(`the check ${check.check}`, 'say it with bounds and steps');
  }
}

function above(shape: NumberShape, value: number, exclusive: boolean): NumberShape {
  const wider = shape.min !== undefined && (value < shape.min || (value === shape.min && !exclusive));
  return wider ? shape : { ...shape, min: value, exclusiveMin: exclusive };
}

function below(shape: NumberShape, value: number, exclusive: boolean): NumberShape {
  const wider = shape.max !== undefined && (value > shape.max || (value === shape.max && !exclusive));
  return wider ? shape : { ...shape, max: value, exclusiveMax: exclusive };
}
