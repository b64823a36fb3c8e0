import { globalRegistry, type ZodType } from 'zod';
import { HarnessError } from '../errors.js';
import { numberShape, type ReadCheck, stringShape } from './read-checks.js';
import type { Wire, WireField, WireNote, WireShape } from './wire.js';

/** A schema in its place: a field may be left out, an item may not. */
interface Reading {
  readonly wire: Wire;
  readonly optional: boolean;
  readonly fallback?: unknown;
}

/** The parts of a zod definition that this file reads; the only knowledge of zod's inside in the house. */
interface Def {
  readonly type: string;
  readonly checks?: readonly { _zod: { def: ReadCheck } }[];
  readonly [part: string]: unknown;
}

const known = new WeakMap<ZodType, Reading>();

/**
 * The JSON that a zod schema describes. Throws a usage error with the path for whatever JSON Schema cannot say or JSON
 * cannot carry: transforms, refinements, coercion, dates, bigints, `undefined`, formats that validators disagree on.
 */
export function toWire(schema: ZodType, where: string): Wire {
  const reading = new Reader(where).read(schema, '');
  if (reading.optional && reading.fallback === undefined)
    return reject(where, '', 'an optional schema', 'make it optional where it is used, as a field');
  return reading.wire;
}

/** Levels within levels; readers and judges of JSON give up not far beyond. */
const deepest = 500;

class Reader {
  private readonly open = new Map<ZodType, string>();

  constructor(private readonly where: string) {}

  read(schema: ZodType, path: string): Reading {
    const done = known.get(schema);
    if (done) return done;
    const entered = this.open.get(schema);
    if (entered !== undefined)
      return { wire: { kind: 'lazy', id: entered, target: () => known.get(schema)!.wire }, optional: false };
    if (this.open.size > deepest)
      this.refuse('', `a schema of more than ${deepest} levels`, 'describe fewer levels, or let it refer to itself');
    this.open.set(schema, `${this.where}${path}`);
    const reading = annotated(this.shape(schema, path), schema);
    this.open.delete(schema);
    known.set(schema, reading);
    return reading;
  }

  private shape(schema: ZodType, path: string): Reading {
    const def = schema._zod.def as unknown as Def;
    const inner = () => this.read(def['innerType'] as ZodType, path);
    switch (def.type) {
      case 'optional':
        return { ...inner(), optional: true };
      case 'nonoptional':
        return { wire: inner().wire, optional: false };
      case 'default':
      case 'prefault':
        return { wire: inner().wire, optional: true, fallback: def['defaultValue'] };
      case 'nullable': {
        const { wire, ...rest } = inner();
        return { ...rest, wire: { ...wire, nullable: true } };
      }
      case 'readonly':
        return inner();
      case 'lazy':
        return this.read((def['getter'] as () => ZodType)(), path);
      default:
        return { wire: this.node(schema, def, path), optional: false };
    }
  }

  private node(schema: ZodType, def: Def, path: string): Wire {
    const checks = (def.checks ?? []).map(({ _zod }) => _zod.def);
    if (def['coerce']) this.refuse(path, 'coercion', 'describe the JSON as it is on the wire');
    const refuse = (what: string, hint: string) => this.refuse(path, what, hint);
    switch (def.type) {
      case 'string':
        return stringShape(def as unknown as ReadCheck, checks, refuse);
      case 'number':
        return numberShape(def as unknown as ReadCheck, checks, refuse);
      case 'array':
        return {
          kind: 'array',
          item: this.required(def['element'] as ZodType, `${path}/*`),
          ...lengths(checks, refuse),
        };
      case 'template_literal':
        return { kind: 'string', min: 0, max: undefined, patterns: [patternOf(schema)], format: undefined };
    }
    if (checks.length > 0)
      this.refuse(
        path,
        `a check on ${def.type} (${checks[0]!.check})`,
        'say it with types, so that it can be generated and written down',
      );
    return this.compound(schema, def, path);
  }

  private compound(schema: ZodType, def: Def, path: string): Wire {
    switch (def.type) {
      case 'object':
        return this.object(def, path);
      case 'record':
        return this.record(def, path);
      case 'tuple':
        return this.tuple(def, path);
      case 'union':
        return this.union(def, path);
      case 'intersection':
        return {
          kind: 'intersection',
          left: this.required(def['left'] as ZodType, path),
          right: this.required(def['right'] as ZodType, path),
        };
      case 'enum':
      case 'literal':
        return this.enumeration(schema, path);
      case 'boolean':
      case 'null':
        return { kind: def.type };
      case 'any':
      case 'unknown':
        return { kind: 'any' };
      default:
        return this.refuse(path, `z.${def.type}`, 'a contract describes JSON as it is on the wire');
    }
  }

  private object(def: Def, path: string): Wire {
    const fields: Record<string, WireField> = {};
    for (const [name, schema] of Object.entries(def['shape'] as Record<string, ZodType>)) {
      const { wire, optional, fallback } = this.read(schema, `${path}/${name}`);
      if (name in Object.prototype)
        this.refuse(path, `a field named ${name}`, 'zod takes what every JavaScript object inherits for the field');
      fields[name] = { wire, optional, ...(fallback === undefined ? {} : { fallback }) };
    }
    return { kind: 'object', fields, rest: this.rest(def['catchall'] as ZodType | undefined, path) };
  }

  private rest(catchall: ZodType | undefined, path: string): 'open' | 'closed' | Wire {
    const type = catchall?._zod.def.type;
    if (catchall === undefined || type === 'unknown' || type === 'any') return 'open';
    return type === 'never' ? 'closed' : this.required(catchall, `${path}/*`);
  }

  /** Keys of an enumeration are fields of a closed object. */
  private record(def: Def, path: string): Wire {
    if (def['mode'] === 'loose') this.refuse(path, 'a loose record', 'use z.record or z.looseObject');
    const key = this.required(def['keyType'] as ZodType, `${path}/*`);
    const value = this.required(def['valueType'] as ZodType, `${path}/*`);
    if (key.kind === 'string' && !key.nullable) return { kind: 'record', key, value };
    if (key.kind !== 'enum' || key.nullable)
      return this.refuse(path, `a record with keys of kind ${key.kind}`, 'keys in JSON are strings');
    const field: WireField = { wire: value, optional: def['partial'] === true };
    return {
      kind: 'object',
      fields: Object.fromEntries(key.values.map((name) => [String(name), field])),
      rest: 'closed',
    };
  }

  private tuple(def: Def, path: string): Wire {
    const items = (def['items'] as ZodType[]).map((item, at) => this.required(item, `${path}/${at}`));
    const rest = def['rest'] as ZodType | null;
    if (rest !== null && (def['items'] as ZodType[]).at(-1)?.safeParse(undefined).success)
      this.refuse(
        `${path}/${items.length - 1}`,
        'a last item that may be anything, before others',
        'zod lets it be left out, and its JSON Schema does not: give it a type',
      );
    return { kind: 'tuple', items, rest: rest === null ? undefined : this.required(rest, `${path}/*`) };
  }

  private union(def: Def, path: string): Wire {
    const discriminator = def['discriminator'] as string | undefined;
    if (def['inclusive'] === false && discriminator === undefined)
      this.refuse(path, 'z.xor', 'use z.union or z.discriminatedUnion');
    if ((def['options'] as ZodType[]).length === 0) this.refuse(path, 'a union of nothing', 'nothing can be that');
    const all = (def['options'] as ZodType[]).map((option) => this.required(option, path));
    const options = all.filter(({ kind }) => kind !== 'null');
    const nullable = options.length < all.length ? ({ nullable: true } as const) : {};
    if (options.length === 0) return { kind: 'null' };
    if (options.length === 1) return { ...options[0]!, ...nullable };
    return { kind: 'union', options, discriminator, ...nullable };
  }

  private enumeration(schema: ZodType, path: string): Wire {
    const all = [...(schema._zod.values ?? [])];
    if (all.length === 0) this.refuse(path, 'a choice of nothing', 'nothing can be that');
    for (const value of all)
      if (value === undefined || typeof value === 'bigint' || typeof value === 'symbol')
        this.refuse(path, `the literal ${String(value)}`, 'JSON has no such value');
    const values = all.filter((value): value is string | number | boolean => value !== null);
    if (values.length === 0) return { kind: 'null' };
    return { kind: 'enum', values, ...(values.length < all.length ? { nullable: true as const } : {}) };
  }

  private required(schema: ZodType, path: string): Wire {
    const { wire, optional } = this.read(schema, path);
    return optional ? this.refuse(path, 'an optional schema', 'only a field of an object can be left out') : wire;
  }

  private refuse(path: string, what: string, hint: string): never {
    return reject(this.where, path, what, hint);
  }
}

function reject(where: string, path: string, what: string, hint: string): never {
  throw new HarnessError('usage', `${where}${path === '' ? '' : ` at ${path}`}: ${what} cannot be part of a contract`, {
    hint,
  });
}

function lengths(
  checks: readonly ReadCheck[],
  refuse: (what: string, hint: string) => never,
): { min: number; max: number | undefined } {
  const { min, max, patterns, format } = stringShape({ check: 'string' }, checks, refuse) as Extract<
    WireShape,
    { kind: 'string' }
  >;
  if (patterns.length > 0 || format !== undefined) return refuse('a string check on a list', 'use min, max or length');
  return { min, max };
}

function patternOf(schema: ZodType): string {
  return (schema._zod as { pattern?: RegExp }).pattern!.source;
}

/** What `meta` says about the place; the outer words win over the inner ones. */
function annotated(reading: Reading, schema: ZodType): Reading {
  const meta = globalRegistry.get(schema);
  if (meta === undefined) return reading;
  const said = Object.entries(meta).filter(([name, value]) => noted.has(name) && typeof value === 'string');
  const wire: Wire =
    said.length === 0
      ? reading.wire
      : { ...reading.wire, note: { ...reading.wire.note, ...(Object.fromEntries(said) as WireNote) } };
  return 'default' in meta ? { ...reading, wire, fallback: meta['default'] } : { ...reading, wire };
}

const noted = new Set(['title', 'description', 'source', 'domain']);
