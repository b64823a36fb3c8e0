import { resolved, toWire, type Wire, type WireField } from '../contract/wire.js';
import { exampleOf } from '../derive/example.js';
import { belongs, isObject } from '../derive/membership.js';
import { pairwise } from '../derive/pairs.js';
import { type Field, fieldOf, fieldsOf } from './field.js';
import { interactionKey, type PactInteraction, type Shape } from './interaction.js';

const levels = ['present', 'null', 'absent'] as const;
type Level = (typeof levels)[number];
type Shown = Level | null;

/** Interactions with their variants, and how many more variants there would be. */
export interface Varied {
  readonly interactions: readonly PactInteraction[];
  readonly left: number;
}

/** Of one interaction; a pair of fields is met in most of them long before. */
const mostVariants = 12;

/**
 * Adds to each varied interaction others in which what a team reads is present, null or absent: all pairs of two
 * fields, up to a limit. Where nobody says what is read, every field is null once and absent once.
 * A null or an absence fails nobody: the provider may choose either, and the client has to cope with both. What nothing
 * can ask for (ids of the software behind, say) is left open: a broker counts a pending failure against the provider.
 */
export function withVariants(interactions: readonly PactInteraction[], uses: readonly string[] | undefined): Varied {
  let left = 0;
  const all = interactions.flatMap((interaction) => {
    const variants = variantsOf(interaction, uses);
    left += Math.max(0, variants.length - mostVariants);
    return [interaction, ...variants.slice(0, mostVariants)];
  });
  return { interactions: [...new Map(all.map((each) => [interactionKey(each), each])).values()], left };
}

interface Column {
  readonly name: string;
  readonly field: Field;
  readonly levels: readonly Level[];
}

function variantsOf(interaction: PactInteraction, uses: readonly string[] | undefined): PactInteraction[] {
  const { endpoint, response, varied } = interaction;
  const schema = endpoint.responses[response.status];
  if (varied === undefined || !schema) return [];
  const wire = toWire(schema, `${endpoint.id} response ${response.status}`);
  const settable = fieldsOf(toWire(varied.settable, `${endpoint.id} settable`));
  const isSettable = ({ field: [first] }: Column) => Object.hasOwn(settable, first!);
  const columns = (uses === undefined ? everyColumn(wire) : usedColumns(wire, uses)).filter(isSettable);
  const left = everyColumn(wire).filter((column) => !isSettable(column) && column.levels.includes('absent'));
  const example = left.reduce<unknown>(
    (value, { field }) => changed(value, field, 'absent'),
    exampleOf(wire, { optional: 'present' }),
  );
  const rows = uses === undefined ? [allOf('null', columns), allOf('absent', columns)] : pairsOf(columns);
  const asked = new Set(rows.map((row) => JSON.stringify(shownIn(row, columns))));
  return [...asked].map((row, at) => variant(interaction, example, columns, JSON.parse(row) as Shown[], at));
}

/** Every field that may be missing or null, up to the first list. */
function everyColumn(wire: Wire): Column[] {
  const columns = (at: Wire, before: Field): Column[] =>
    Object.entries(fieldsOf(at)).flatMap(([name, field]) => {
      const path = [...before, name];
      const inside = field.optional || resolved(field.wire).kind !== 'object' ? [] : columns(field.wire, path);
      return [...columnOf(field, path), ...inside];
    });
  return columns(wire, []);
}

/** The named fields, and those around them that may be missing or null. */
function usedColumns(wire: Wire, uses: readonly string[]): Column[] {
  const found = new Map<string, Column>();
  for (const use of uses) {
    let inside = wire;
    for (const [at, step] of fieldOf(use).entries()) {
      const field = fieldsOf(inside)[step];
      if (field === undefined) break;
      for (const column of columnOf(field, fieldOf(use).slice(0, at + 1))) found.set(column.name, column);
      inside = field.wire;
    }
  }
  return [...found.values()];
}

/** Where the answer has a default, a null that was asked for comes back as the default. */
function columnOf({ wire, optional, fallback }: WireField, field: Field): Column[] {
  const possible = levels.filter(
    (level) => level === 'present' || (level === 'null' ? resolved(wire).nullable && fallback === undefined : optional),
  );
  return possible.length > 1 ? [{ name: field.join('.'), field, levels: possible }] : [];
}

const allOf = (level: Level, columns: readonly Column[]): Level[] =>
  columns.map(({ levels: possible }) => (possible.includes(level) ? level : possible.at(-1)!));

function pairsOf(columns: readonly Column[]): Level[][] {
  const [only] = columns;
  if (columns.length === 1) return only!.levels.map((level) => [level]);
  return pairwise(columns.map(({ levels: possible }) => possible.length)).map((row) =>
    row.map((level, at) => columns[at]!.levels[level]!),
  );
}

/** Inside what is not there nothing else is: such a field is of no level, and neither is one that has fields shown. */
function shownIn(row: readonly Level[], columns: readonly Column[]): Shown[] {
  const gone = columns.filter((_, at) => row[at] !== 'present').map(({ name }) => `${name}.`);
  const shown = row.map((level, at) => (gone.some((outer) => columns[at]!.name.startsWith(outer)) ? null : level));
  return shown.map((level, at) => {
    const isAround = columns.some(({ name }, other) => shown[other] && name.startsWith(`${columns[at]!.name}.`));
    return level === 'present' && isAround ? null : level;
  });
}

function variant(
  interaction: PactInteraction,
  example: unknown,
  columns: readonly Column[],
  row: readonly Shown[],
  serial: number,
): PactInteraction {
  const { endpoint, request, response, varied } = interaction;
  const body = columns.reduce((value, { field }, at) => changed(value, field, row[at]!), example);
  const named = (level: Level) => columns.filter((_, at) => row[at] === level).map(({ name }) => name);
  const shape: Shape = { present: named('present'), null: named('null'), absent: named('absent') };
  const asked = request.body === undefined ? undefined : requestFor(endpoint.request.body, request.body, columns, row);
  const isPromised = shape.null.length + shape.absent.length === 0 && (asked?.saysAll ?? true);
  return {
    ...interaction,
    description: `${varied!.description}: ${inWords(shape, serial)}`,
    states: varied!.states(shape),
    request: asked === undefined ? request : { ...request, body: asked.body },
    response: { ...response, body },
    ...(isPromised ? {} : { pending: true, notes: [notPromised] }),
  };
}

const notPromised = 'Pending: the client has to cope with this answer, and the provider does not promise to give it.';

/** Asks for what the answer is to hold, as far as the model of the request has it. */
function requestFor(
  schema: Parameters<typeof toWire>[0] | null | undefined,
  base: unknown,
  columns: readonly Column[],
  row: readonly Shown[],
): { readonly body: unknown; readonly saysAll: boolean } {
  if (!schema || !isObject(base)) return { body: base, saysAll: false };
  const wire = toWire(schema, 'request body');
  const full = exampleOf(wire, { optional: 'present' }) as Record<string, unknown>;
  let body: unknown = base;
  let saysAll = true;
  for (const [at, { field }] of columns.entries()) {
    const [first] = field;
    const level = row[at]!;
    if (level === null) continue;
    const earlier = body as Record<string, unknown>;
    const whole = { ...earlier, [first!]: field.length > 1 ? (earlier[first!] ?? full[first!]) : full[first!] };
    const attempt = Object.hasOwn(full, first!) ? changed(whole, field, level) : body;
    if (belongs(wire, attempt)) body = attempt;
    saysAll &&= level !== 'present' || Object.hasOwn(full, first!);
  }
  return { body, saysAll };
}

/** The same value with one field as the level says, in every item of a list. */
function changed(value: unknown, [step, ...rest]: Field, level: Shown): unknown {
  if (level === null || level === 'present' || step === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => changed(item, [step, ...rest], level));
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  if (rest.length > 0) return { ...value, [step]: changed(value[step], rest, level) };
  const { [step]: _, ...others } = value;
  return level === 'null' ? { ...value, [step]: null } : others;
}

const mostNames = 4;

function inWords({ present, null: nulls, absent }: Shape, serial: number): string {
  const groups = [
    ['with', present],
    ['null', nulls],
    ['without', absent],
  ] as const;
  if (nulls.length > mostNames && present.length === 0 && absent.length <= mostNames)
    return ['every optional field is null', ...absent.map((name) => `without ${name}`)].join(', ');
  if (absent.length > mostNames && present.length + nulls.length === 0) return 'no optional field';
  const shortened = groups.some(([, names]) => names.length > mostNames);
  const words = groups
    .filter(([, names]) => names.length > 0)
    .map(([word, names]) => {
      const shown = names.slice(0, mostNames).join(', ');
      return `${word} ${shown}${names.length > mostNames ? ` and ${names.length - mostNames} more` : ''}`;
    });
  return `${words.join('; ')}${shortened ? ` (${serial + 1})` : ''}`;
}
