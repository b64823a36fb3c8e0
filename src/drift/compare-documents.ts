import type { StatusPolicy } from '../contract/contract.js';
import { escapePointer } from '../exchange/json.js';
import type { Change } from './change.js';
import { compareSides, type DriftVerdict, type SchemaDifference } from './compare-schemas.js';
import type { Direction, SchemaSource } from './normal-schema.js';
import type { ApiContent, ApiDocument, ApiOperation, ApiParameter } from './read-openapi.js';

export interface DocumentComparison {
  readonly changes: readonly Change[];
  /** Operations that both documents have, and whose parts were compared. */
  readonly compared: number;
  /** What a reader should know beside the changes. */
  readonly notes: readonly string[];
}

export interface DocumentOptions {
  /** Operations that only the newer document has are changes; false where the older one means to hold a part only. */
  readonly whole: boolean;
  /** What is known of a status that the older document does not name. */
  readonly policyFor?: (operation: string, status: number) => StatusPolicy | undefined;
}

/** What changes from the older document to the newer one, operation by operation; paths match whatever their parameters are called. */
export function compareDocuments(older: ApiDocument, newer: ApiDocument, options: DocumentOptions): DocumentComparison {
  const left = new Map(older.operations.map((operation) => [routeOf(operation), operation]));
  const right = new Map(newer.operations.map((operation) => [routeOf(operation), operation]));
  const changes: Change[] = [];
  const notes: string[] = [];
  let compared = 0;
  for (const [route, a] of left) {
    const b = right.get(route);
    if (b === undefined)
      changes.push(endpointChange(a, 'endpoint removed', `${newer.name} does not have it`, 'breaking'));
    else {
      compared++;
      changes.push(...new Comparison(a, b, options, notes).changes());
    }
  }
  const added = [...right].filter(([route]) => !left.has(route)).map(([, operation]) => operation);
  if (options.whole)
    for (const operation of added)
      changes.push(endpointChange(operation, 'endpoint added', `${older.name} does not have it`, 'safe'));
  else if (added.length > 0) notes.push(`${newer.name} has ${added.length} operations beside those of ${older.name}`);
  return { changes, compared, notes };
}

const routeOf = ({ method, path }: ApiOperation): string =>
  `${method} ${path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1')}`;

function endpointChange({ id, method, path }: ApiOperation, rule: string, why: string, verdict: DriftVerdict): Change {
  const at = { part: 'exchange', pointer: '' } as const;
  const message = `${method} ${path}: ${why}.`;
  return {
    operation: id,
    method,
    path,
    side: 'endpoint',
    at,
    status: undefined,
    rule,
    message,
    verdict,
    witness: undefined,
  };
}

interface Found {
  readonly side: Direction | 'endpoint';
  readonly part: Change['at']['part'];
  readonly pointer?: string;
  readonly status?: string;
  readonly rule: string;
  readonly says: string;
  readonly verdict: DriftVerdict;
  readonly witness?: Change['witness'];
}

class Comparison {
  private readonly found: Found[] = [];

  constructor(
    private readonly a: ApiOperation,
    private readonly b: ApiOperation,
    private readonly options: DocumentOptions,
    private readonly notes: string[],
  ) {}

  changes(): Change[] {
    const { id, method, path } = this.a;
    this.operation();
    this.parameters();
    this.body();
    this.responses();
    return this.found.map(({ side, part, pointer = '', status, rule, says, verdict, witness }) => ({
      operation: id,
      method,
      path,
      side,
      at: { part, pointer },
      status,
      rule: status === undefined ? rule : `${status}: ${rule}`,
      message: says,
      verdict,
      witness,
    }));
  }

  private operation(): void {
    const { a, b } = this;
    if (!a.deprecated && b.deprecated)
      this.found.push({
        side: 'endpoint',
        part: 'exchange',
        rule: 'deprecated',
        says: 'The operation is deprecated now.',
        verdict: 'review',
      });
    const [before, after] = [a, b].map(({ security }) => security.join(', or ')) as [string, string];
    if (before !== after)
      this.found.push({
        side: 'request',
        part: 'request',
        rule: `security ${before} → ${after}`,
        says: `Callers authenticated by ${before}; now it says ${after}.`,
        verdict: 'review',
      });
  }

  private parameters(): void {
    const keys = (operation: ApiOperation) =>
      new Map(operation.parameters.map((parameter) => [parameterKey(operation, parameter), parameter]));
    const [left, right] = [keys(this.a), keys(this.b)];
    for (const key of new Set([...left.keys(), ...right.keys()])) this.parameter(left.get(key), right.get(key));
  }

  private parameter(a: ApiParameter | undefined, b: ApiParameter | undefined): void {
    const one = (a ?? b)!;
    const at = { part: 'request', pointer: `/${one.in}/${escapePointer(one.name)}` } as const;
    const named = `The ${one.in} parameter ${one.name}`;
    const needed = one.required ? 'required ' : '';
    if (a === undefined)
      this.request(at, `${needed}parameter added`, `${named} is new.`, one.required ? 'breaking' : 'safe');
    else if (b === undefined)
      this.request(at, 'parameter removed', `${named} is gone; what is sent may be ignored.`, 'review');
    else {
      this.required(at, 'parameter', named, a.required, b.required);
      if (a.style !== b.style)
        this.request(at, `style ${a.style} → ${b.style}`, `${named} is written another way: ${b.style}.`, 'review');
      this.schemas('request', at, a.schema, b.schema);
    }
  }

  private body(): void {
    const [a, b] = [this.a.body, this.b.body];
    const at = { part: 'request.body' } as const;
    if (a !== undefined && b !== undefined) {
      this.required(at, 'body', 'The request body', a.required, b.required);
      this.contents('request', a.content, b.content, undefined);
    } else if (b !== undefined)
      this.request(at, 'body added', 'A request body is described now.', b.required ? 'breaking' : 'safe');
    else if (a !== undefined) this.request(at, 'body removed', 'No request body is described any more.', 'review');
  }

  private required(at: Pick<Found, 'part' | 'pointer'>, what: string, named: string, before: boolean, after: boolean) {
    if (before === after) return;
    const change = after ? 'required now' : 'no longer required';
    this.request(at, `${what} ${change}`, `${named} is ${change}.`, after ? 'breaking' : 'safe');
  }

  private request(at: Pick<Found, 'part' | 'pointer'>, rule: string, says: string, verdict: DriftVerdict): void {
    this.found.push({ side: 'request', ...at, rule, says, verdict });
  }

  private responses(): void {
    const { a, b } = this;
    for (const status of new Set([...a.responses.keys(), ...b.responses.keys()])) {
      const [left, right] = [answerTo(a, status), answerTo(b, status)];
      if (left !== undefined && right !== undefined) this.contents('response', left, right, status);
      else if (left === undefined) this.statusAdded(status);
      else this.statusRemoved(status);
    }
  }

  private statusAdded(status: string): void {
    const policy = this.options.policyFor?.(this.a.id, Number(status));
    const verdict =
      policy === undefined
        ? isSuccess(status)
          ? 'breaking'
          : 'review'
        : policy.verdict === 'violation'
          ? 'review'
          : 'safe';
    const why = policy === undefined ? 'nothing prepares a reader for it' : policy.reason;
    const says = `Status ${status} is documented now: ${why.replace(/\.$/, '')}.`;
    this.found.push({ side: 'response', part: 'response.status', status, rule: 'status added', says, verdict });
  }

  private statusRemoved(status: string): void {
    const verdict = isSuccess(status) ? 'breaking' : 'safe';
    const says = `Status ${status} is not documented any more.`;
    this.found.push({ side: 'response', part: 'response.status', status, rule: 'status removed', says, verdict });
  }

  private contents(side: Direction, a: ApiContent, b: ApiContent, status: string | undefined): void {
    const part = `${side}.body` as const;
    const at = { part, ...(status === undefined ? {} : { status }) };
    if (a.size === 0 && b.size === 0) return;
    for (const type of new Set([...a.keys(), ...b.keys()])) {
      const [left, right] = [typed(a, type), typed(b, type)];
      if (left !== undefined && right !== undefined) {
        if (left.schema !== undefined || right.schema !== undefined)
          this.schemas(
            side,
            { ...at, type },
            left.schema ?? unsaid(right.schema!),
            right.schema ?? unsaid(left.schema!),
          );
      } else if (left === undefined)
        this.found.push({
          side,
          ...at,
          rule: `media type ${type} added`,
          says: `${type} is described now.`,
          verdict: a.size === 0 && side === 'response' ? 'review' : 'safe',
        });
      else
        this.found.push({
          side,
          ...at,
          rule: `media type ${type} removed`,
          says: `${type} is not described any more.`,
          verdict: 'breaking',
        });
    }
  }

  private schemas(
    side: Direction,
    at: { part: Found['part']; pointer?: string; status?: string; type?: string },
    a: SchemaSource,
    b: SchemaSource,
  ): void {
    const { differences, cut } = compareSides(a, b, side);
    const { type, pointer = '', ...place } = at;
    const prefix = type === undefined || type === 'application/json' ? '' : `${type}: `;
    for (const { verdict, witness, ...difference } of differences)
      this.found.push({
        side,
        ...place,
        pointer: `${pointer}${difference.pointer}`,
        rule: `${prefix}${difference.rule}`,
        says: sentenceOf(difference, side, verdict, witness),
        verdict,
        witness,
      });
    if (cut) this.notes.push(`${this.a.id}: the ${at.part} differs so much that not all of it was compared`);
  }
}

/** By name, but path parameters by their order: their names are never on the wire. */
function parameterKey({ path }: ApiOperation, { in: where, name }: ApiParameter): string {
  if (where === 'header') return `header ${name.toLowerCase()}`;
  if (where !== 'path') return `${where} ${name}`;
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, each]) => each);
  return `path ${names.includes(name) ? names.indexOf(name) : name}`;
}

/** What is documented for a status: by itself, by its class, or by default. */
function answerTo({ responses }: ApiOperation, status: string): ApiContent | undefined {
  return responses.get(status) ?? responses.get(`${status[0]}XX`) ?? responses.get('default');
}

const isSuccess = (status: string): boolean => /^[23]/.test(status);

/** The entry for a media type, or for a range that holds it. */
function typed(content: ApiContent, type: string): { readonly schema: SchemaSource | undefined } | undefined {
  const ranges = [type, `${type.split('/')[0]}/*`, '*/*'];
  const key = ranges.find((range) => content.has(range));
  return key === undefined ? undefined : { schema: content.get(key) };
}

/** A media type without a schema takes anything. */
const unsaid = (other: SchemaSource): SchemaSource => ({ ...other, schema: true });

function sentenceOf(
  { pointer, rule, before, after, kind }: Omit<SchemaDifference, 'verdict' | 'witness'>,
  side: Direction,
  verdict: DriftVerdict,
  witness: Change['witness'],
): string {
  const place = pointer === '' ? 'The value' : pointer;
  const what = rule.includes('→') || kind === 'field' ? rule : `${rule} (${before} → ${after})`;
  const whom = side === 'request' ? 'senders' : 'readers';
  const meaning = { breaking: `breaks ${whom}`, review: `may matter to ${whom}`, safe: `safe for ${whom}` }[verdict];
  const proof =
    witness === undefined
      ? '; unproven, no value shows it'
      : `; shown by ${shortened(witness.value)}, which ${witness.acceptedBy === 'a' ? 'only the older side takes' : 'only the newer side takes'}`;
  return `${place}: ${what}: ${meaning}${proof}.`;
}

const shownCharacters = 160;

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
