import { escapePointer } from '../exchange/json.js';
import type { Change } from './change.js';
import type { OperationOptions } from './compare-documents.js';
import { compareSides, type DriftVerdict } from './compare-schemas.js';
import type { Direction, SchemaSource } from './normal-schema.js';
import type { ApiContent, ApiOperation, ApiParameter } from './read-openapi.js';
import { sentenceOf } from './sentence.js';

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

/** What changes from one operation to another; `notes` is told what was left out. */
export class OperationComparison {
  private readonly found: Found[] = [];

  constructor(
    private readonly a: ApiOperation,
    private readonly b: ApiOperation,
    private readonly options: OperationOptions,
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
    const narrowed = /^\dXX$/.test(status) && [...this.b.responses.keys()].some((other) => other[0] === status[0]);
    const verdict = isSuccess(status) && !narrowed ? 'breaking' : 'safe';
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
        says: sentenceOf({ ...difference, verdict, witness }, side, this.options.names),
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
