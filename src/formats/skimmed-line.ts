import type { Header } from '../exchange/headers.js';
import {
  anyOf,
  anyText,
  type JsonPlace,
  ListPlace,
  numberPlace,
  pastBlanks,
  standsAt,
  textIn,
} from '../exchange/json-place.js';
import { type Member, ObjectPlace, recordPlace } from '../exchange/object-place.js';
import {
  type PlainAnswer,
  type PlainBodies,
  type Skim,
  SkimmedAnswer,
  SkimmedExchange,
  SkimmedRequest,
  type Whole,
} from '../exchange/skimmed.js';
import type { WholeLine } from './lines.js';
import { headersOf, nothingLost } from './message.js';

const must = (place: JsonPlace): Member => ({ place, optional: false });
const may = (place: JsonPlace): Member => ({ place, optional: true });

/** Bytes of a line: what is longer is rare, and not remembered either. */
const longest = 64 * 1024;

/** Pairs, named objects, or one object. */
const headerPlace = anyOf([
  new ListPlace(new ListPlace(anyText, 2, 2)),
  new ListPlace(new ObjectPlace({ name: must(anyText), value: must(anyText) })),
  recordPlace(anyOf([anyText, new ListPlace(anyText)])),
]);
const timePlace = numberPlace((value) => value >= 0);

/** Which of the members below each is. */
const inLine = { request: 0, durationMs: 2 } as const;
const inRequest = { method: 0, url: 1, headers: 2 } as const;
const inResponse = { status: 0, headers: 1 } as const;

/**
 * Sees from the bytes of a line, in the shape that `ndjson` documents, that its exchange is in order. Only where the
 * bodies stand behind the words that tell what they should be, as they do in what programs write.
 */
export class LineSkimmer {
  private readonly method = new Remembered(anyText, contentOf);
  private readonly url = new Remembered(anyText, contentOf);
  private readonly requestHeaders = new Remembered(headerPlace, headersIn);
  private readonly request = new ObjectPlace({
    method: must(this.method),
    url: must(this.url),
    headers: may(this.requestHeaders),
    body: must({ match: (bytes, at) => this.requestBody(bytes, at) }),
  });
  private readonly status = new SuccessPlace();
  private readonly responseHeaders = new Remembered(headerPlace, headersIn);
  private readonly response = new ObjectPlace({
    status: must(this.status),
    headers: may(this.responseHeaders),
    body: must({ match: (bytes, at) => this.responseBody(bytes, at) }),
  });
  private readonly line = new ObjectPlace({
    request: must(this.request),
    response: must(this.response),
    durationMs: may(timePlace),
  });
  private bodies: PlainBodies | undefined;
  private answer: PlainAnswer | undefined;

  constructor(
    private readonly skim: Skim,
    private readonly file: string,
  ) {}

  /** Undefined where it takes a closer look; `whole` is that look. */
  readonly skimmed = (line: WholeLine, index: number, whole: Whole): SkimmedExchange | undefined => {
    const { chunk: bytes, encoding, start, size } = line;
    if (bytes === undefined || encoding === undefined || size > longest) return undefined;
    const end = this.line.match(bytes, pastBlanks(bytes, start));
    if (end < 0 || pastBlanks(bytes, end) !== start + size) return undefined;
    const requestHeaders = this.request.has(inRequest.headers) ? this.requestHeaders.value : noHeaders;
    const responseHeaders = this.response.has(inResponse.headers) ? this.responseHeaders.value : noHeaders;
    const { bodies, answer } = this;
    if (!bodies?.isJson(requestHeaders) || !bodies.isJson(responseHeaders) || !answer?.keeps(bytes)) return undefined;
    return new SkimmedExchange(
      {
        kind: 'document',
        file: this.file,
        index,
        line: line.line,
        format: 'ndjson',
        provenance: 'observation',
        fidelity: nothingLost,
      },
      new SkimmedRequest(this.method.value, this.url.value, requestHeaders, whole),
      new SkimmedAnswer(this.status.value, responseHeaders, this.durationMs(bytes), whole),
      textOf(bytes, answer.body, answer.body.names.indexOf('id')),
      this.skim,
    );
  };

  private requestBody(bytes: Uint8Array, at: number): number {
    const isTold = this.request.has(inRequest.method) && this.request.has(inRequest.url);
    this.bodies = isTold ? this.skim.bodiesOf(this.method.value, this.url.value) : undefined;
    return this.bodies?.request.match(bytes, at) ?? -1;
  }

  /** Behind a request of this line and its own status. */
  private responseBody(bytes: Uint8Array, at: number): number {
    const isTold = this.line.has(inLine.request) && this.response.has(inResponse.status);
    this.answer = isTold ? this.bodies?.answer(this.status.value) : undefined;
    return this.answer?.body.match(bytes, at) ?? -1;
  }

  private durationMs(bytes: Uint8Array): number | undefined {
    const from = this.line.startOf(inLine.durationMs);
    return from < 0 ? undefined : Number(textIn(bytes, from, this.line.endOf(inLine.durationMs)));
  }
}

const noHeaders: readonly Header[] = [];

function textOf(bytes: Uint8Array, place: ObjectPlace, index: number): string | undefined {
  const from = place.startOf(index);
  return from >= 0 && bytes[from] === 0x22 ? textIn(bytes, from + 1, place.endOf(index) - 1) : undefined;
}

/** What stands in quotes or brackets, made once for as long as line after line says the same. */
class Remembered<Value> implements JsonPlace {
  private last: Uint8Array = new Uint8Array(0);
  private made: Value | undefined;

  constructor(
    private readonly place: JsonPlace,
    private readonly make: (text: string) => Value,
  ) {}

  match(bytes: Uint8Array, at: number): number {
    const { last } = this;
    if (last.length > 0 && standsAt(bytes, at, last)) return at + last.length;
    const end = this.place.match(bytes, at);
    if (end < 0) return end;
    this.last = Uint8Array.prototype.slice.call(bytes, at, end);
    this.made = this.make(textIn(bytes, at, end));
    return end;
  }

  /** Of what was matched last. */
  get value(): Value {
    return this.made as Value;
  }
}

const contentOf = (quoted: string): string => quoted.slice(1, -1);
const headersIn = (text: string): readonly Header[] => headersOf(JSON.parse(text))!;

/** A status from 200 to 299. */
class SuccessPlace implements JsonPlace {
  value = 0;

  match(bytes: Uint8Array, at: number): number {
    const [tens, ones] = [bytes[at + 1]! - 0x30, bytes[at + 2]! - 0x30];
    if (bytes[at] !== 0x32 || !isDigit(tens) || !isDigit(ones)) return -1;
    this.value = 200 + 10 * tens + ones;
    return at + 3;
  }
}

const isDigit = (value: number): boolean => value >= 0 && value <= 9;
