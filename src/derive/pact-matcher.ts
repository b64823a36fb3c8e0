import { resolved, type Wire, type WireField } from '../contract/wire.js';
import { HarnessError } from '../errors.js';
import { merged } from './intersection.js';
import { belongs, isObject } from './membership.js';
import { numberPatterns, stringPatterns } from './pact-pattern.js';

/** One matcher in the notation of a pact file. */
export type PactMatcher =
  | { readonly match: 'type'; readonly min?: number; readonly max?: number }
  | { readonly match: 'regex'; readonly regex: string }
  | { readonly match: 'integer' | 'number' | 'null' | 'values' };

export interface PactRule {
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly PactMatcher[];
}

/** A body as a pact holds it: the example, the matching rules by JSONPath, and what they fail to say. */
export interface PactMatch {
  readonly content: unknown;
  readonly rules: Readonly<Record<string, PactRule>>;
  readonly fidelity: readonly Fidelity[];
}

/** How well one place of the model survives in the pact. */
export interface Fidelity {
  /** JSON pointer with `*` for every item. */
  readonly pointer: string;
  /**
   * `weakened`: the pact lets values pass that the model refuses; `inexpressible`: one interaction cannot say all
   * that the model allows; `unpinned`: the example leaves the place out, so the pact says nothing of it.
   */
  readonly level: 'exact' | 'weakened' | 'inexpressible' | 'unpinned';
  readonly looser: readonly string[];
  readonly stricter: readonly string[];
}

interface Place {
  readonly path: string;
  readonly pointer: string;
}

interface Said {
  readonly matchers: readonly PactMatcher[];
  readonly combine?: 'OR';
  readonly looser?: readonly string[];
  readonly stricter?: readonly string[];
}

/**
 * Matching rules for `example`, as wide as the model allows: nulls beside scalars (`OR`), any number of list items,
 * formats and choices as expressions. What is not in the example is not pinned.
 */
export function pactMatcherOf(wire: Wire, example: unknown): PactMatch {
  if (!belongs(wire, example))
    throw new HarnessError('usage', `the example of a pact must keep the model: ${JSON.stringify(example)}`);
  const writer = new Writer();
  writer.place(wire, example, { path: '$', pointer: '' }, []);
  return { content: example, rules: Object.fromEntries(writer.rules), fidelity: [...writer.fidelity.values()] };
}

class Writer {
  readonly rules = new Map<string, PactRule>();
  readonly fidelity = new Map<string, Fidelity>();

  place(wire: Wire, example: unknown, at: Place, stricter: readonly string[]): void {
    const whole = resolved(wire);
    const plain = settled(whole, example);
    this.tell(at.pointer, [], []);
    const named = withNull(whole, plain, example, this.say(plain, example, at));
    if (whole.kind === 'union' && plain !== whole) this.otherForms(whole, example, at);
    if (named.matchers.length > 0)
      this.rules.set(at.path, { combine: named.combine ?? 'AND', matchers: named.matchers });
    this.tell(at.pointer, named.looser ?? [], [...stricter, ...(named.stricter ?? [])]);
  }

  private say(wire: Wire, example: unknown, at: Place): Said {
    if (example === null) return { matchers: [{ match: 'null' }], stricter: besidesNull(wire) };
    switch (wire.kind) {
      case 'object':
        return this.object(wire, example as Record<string, unknown>, at);
      case 'record':
        return this.record(wire, example as Record<string, unknown>, at);
      case 'array':
        return this.array(wire, example as readonly unknown[], at);
      case 'tuple':
        return this.tuple(wire, example as readonly unknown[], at);
      case 'any':
        return { matchers: [{ match: 'type' }], stricter: ['any other type'] };
      case 'union':
        return union(wire, example);
      default:
        return scalar(wire);
    }
  }

  private object(
    { fields, rest }: Extract<Wire, { kind: 'object' }>,
    example: Record<string, unknown>,
    at: Place,
  ): Said {
    for (const [key, field] of Object.entries(fields)) {
      const inside = below(at, key);
      if (Object.hasOwn(example, key)) this.place(field.wire, example[key], inside, absence(field));
      else this.unpinned(inside.pointer);
    }
    return { matchers: [], looser: rest === 'open' ? [] : ['no other keys'] };
  }

  private record(wire: Extract<Wire, { kind: 'record' }>, example: Record<string, unknown>, at: Place): Said {
    const values = Object.values(example);
    if (values.length === 0) return { matchers: [{ match: 'type' }], looser: ['keys and values'] };
    for (const value of values) this.place(wire.value, value, { path: `${at.path}.*`, pointer: `${at.pointer}/*` }, []);
    return { matchers: [{ match: 'values' }], looser: ['keys'] };
  }

  private array(wire: Extract<Wire, { kind: 'array' }>, example: readonly unknown[], at: Place): Said {
    requireOneShape(example, at);
    for (const item of example) this.place(wire.item, item, { path: `${at.path}[*]`, pointer: `${at.pointer}/*` }, []);
    const bounds = { min: wire.min, ...(wire.max === undefined ? {} : { max: wire.max }) };
    return { matchers: [{ match: 'type', ...bounds }], looser: example.length === 0 ? ['items'] : [] };
  }

  private tuple(wire: Extract<Wire, { kind: 'tuple' }>, example: readonly unknown[], at: Place): Said {
    for (const [index, item] of example.entries())
      this.place(
        wire.items[index] ?? wire.rest!,
        item,
        { path: `${at.path}[${index}]`, pointer: `${at.pointer}/${index}` },
        [],
      );
    return { matchers: [], looser: ['fewer items'], stricter: wire.rest === undefined ? [] : ['more items'] };
  }

  /** What only another form of the answer has is not in the example either. */
  private otherForms({ options }: Extract<Wire, { kind: 'union' }>, example: unknown, at: Place): void {
    for (const option of options) {
      const form = resolved(option);
      if (form.kind !== 'object' || !isObject(example)) continue;
      for (const key of Object.keys(form.fields))
        if (!Object.hasOwn(example, key)) this.unpinned(below(at, key).pointer);
    }
  }

  private unpinned(pointer: string): void {
    if (!this.fidelity.has(pointer))
      this.fidelity.set(pointer, { pointer, level: 'unpinned', looser: ['not in the example'], stricter: [] });
  }

  private tell(pointer: string, looser: readonly string[], stricter: readonly string[]): void {
    const level = stricter.length > 0 ? 'inexpressible' : looser.length > 0 ? 'weakened' : 'exact';
    this.fidelity.set(pointer, { pointer, level, looser, stricter });
  }
}

const absence = (field: WireField): string[] => (field.optional ? ['absent'] : []);

/** Recursive places, mergeable intersections and the branch of a union of structures the example stands in. */
function settled(wire: Wire, example: unknown): Wire {
  if (wire.kind === 'lazy') return settled(resolved(wire), example);
  if (wire.kind === 'intersection') return settled(merged(wire) ?? wire.left, example);
  if (wire.kind !== 'union' || typeof example !== 'object' || example === null) return wire;
  return settled(wire.options.find((option) => belongs(option, example))!, example);
}

/** `OR` is Pact's word for a nullable scalar; a list or object is compared by its kind before any rule is asked. */
function withNull(wire: Wire, plain: Wire, example: unknown, said: Said): Said {
  const others = wire.kind === 'union' && plain !== wire ? ['the other forms of the union'] : [];
  const stricter = [...(said.stricter ?? []), ...others];
  if (!wire.nullable) return { ...said, stricter };
  if (typeof example === 'object')
    return { ...said, stricter: example === null ? ['any value but null'] : [...stricter, 'null'] };
  if (said.combine === 'OR') return { ...said, matchers: [...said.matchers, { match: 'null' }], stricter };
  const { kept, looser } = strongest(said.matchers);
  return {
    matchers: [kept, { match: 'null' }],
    combine: 'OR',
    looser: [...(said.looser ?? []), ...looser.map((lost) => `beside null: ${lost}`)],
    stricter,
  };
}

function besidesNull(wire: Wire): string[] {
  return wire.kind === 'null' ? [] : ['any value but null'];
}

/** Texts of values that are no strings: the core matches expressions against the text of any scalar. */
const otherScalars = ['0', '1', '42', '-1', '1.5', 'true', 'false'];

/** Within an `OR` one matcher speaks for the value: an expression that only strings can meet, else the type. */
function strongest(matchers: readonly PactMatcher[]): { kept: PactMatcher; looser: string[] } {
  const own = matchers.find(
    (matcher) => matcher.match === 'regex' && !otherScalars.some((text) => new RegExp(matcher.regex).test(text)),
  );
  const kept = own ?? matchers[0]!;
  const lost = matchers.filter((matcher) => matcher !== kept && matcher.match === 'regex');
  return { kept, looser: lost.map(inWords) };
}

function inWords(matcher: PactMatcher): string {
  return matcher.match === 'regex' ? `pattern ${matcher.regex}` : matcher.match;
}

function scalar(wire: Wire): Said {
  switch (wire.kind) {
    case 'enum':
      return choice(wire.values);
    case 'string': {
      const { patterns, looser } = stringPatterns(wire);
      return { matchers: [{ match: 'type' }, ...patterns.map(regex)], looser };
    }
    case 'number': {
      const { patterns, looser } = numberPatterns(wire);
      return { matchers: [{ match: wire.integer ? 'integer' : 'number' }, ...patterns.map(regex)], looser };
    }
    case 'null':
      return { matchers: [{ match: 'null' }] };
    default:
      return { matchers: [{ match: 'type' }] };
  }
}

/** Each branch by the one matcher that holds without an example of its kind. */
function union({ options }: Extract<Wire, { kind: 'union' }>, example: unknown): Said {
  const branches = options.map((option): { kept: PactMatcher; looser: readonly string[] } | undefined => {
    const plain = settled(option, example);
    const said = scalar(plain);
    if (belongs(plain, example)) {
      const { kept, looser } = strongest(said.matchers);
      return { kept, looser: [...(said.looser ?? []), ...looser] };
    }
    if (plain.kind !== 'number' && plain.kind !== 'null') return undefined;
    return { kept: said.matchers[0]!, looser: [...(said.looser ?? []), ...said.matchers.slice(1).map(inWords)] };
  });
  const sayable = branches.filter((branch) => branch !== undefined);
  const isWhole =
    sayable.length === branches.length && !options.some((option) => settled(option, example).kind === 'any');
  const stricter = isWhole ? [] : ['the other forms of the union'];
  return {
    matchers: sayable.map(({ kept }) => kept),
    combine: 'OR',
    looser: sayable.flatMap(({ looser }) => looser),
    stricter,
  };
}

function choice(values: readonly (string | number | boolean)[]): Said {
  const escaped = values.map((value) => String(value).replace(/[.*+?^$()|[\]\\{}]/g, '\\$&'));
  const pattern = regex(`^(?:${escaped.join('|')})$`);
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size > 1) return { matchers: [pattern], looser: ['the kind of the value'] };
  return { matchers: [{ match: 'type' }, pattern] };
}

function regex(source: string): PactMatcher {
  return { match: 'regex', regex: source };
}

function below({ path, pointer }: Place, key: string): Place {
  const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `['${key.replaceAll("'", "\\'")}']`;
  return { path: path + step, pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` };
}

/** Pact compares items by position and the rest with the first: items of different keys would ask for an order. */
function requireOneShape(items: readonly unknown[], at: Place): void {
  const shapes = new Set(items.map(shapeOf));
  if (shapes.size > 1)
    throw new HarnessError('usage', `the example items at ${at.pointer || 'the top'} must all have the same keys`, {
      hint: 'Pact compares list items by position; give every example item the same keys, or one item only.',
    });
}

function shapeOf(item: unknown): string {
  if (!isObject(item)) return Array.isArray(item) ? 'list' : 'scalar';
  return JSON.stringify(Object.keys(item).sort());
}
