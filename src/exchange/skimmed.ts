import type { Body } from './body.js';
import type { Answered, Exchange, HttpRequest, Origin } from './exchange.js';
import type { ObjectPlace } from './object-place.js';

/**
 * The contract's part in seeing from the text of an exchange that all is in order: most exchanges of a recording are,
 * and parsing them takes most of its time.
 */
export interface Skim {
  /** What the bodies of a request like this one look like; undefined where that takes a closer look. */
  bodiesOf(method: string, url: string): PlainBodies | undefined;
}

/** The bodies of one endpoint. Its places are shared: what they matched last is theirs to tell until they match again. */
export interface PlainBodies {
  readonly request: ObjectPlace;
  /** Undefined for a status that is not a promised success. */
  answer(status: number): PlainAnswer | undefined;
  /** Whether a header list is one for a JSON body. */
  isJson(headers: HttpRequest['headers']): boolean;
}

export interface PlainAnswer {
  readonly body: ObjectPlace;
  /** Whether the answer matched last keeps what the request matched last has sent. */
  keeps(bytes: Uint8Array): boolean;
}

/** What is known of an exchange from its text, before anything in its bodies is parsed. */
export interface Outline {
  readonly file: string;
  readonly index: number;
  readonly line: number;
  readonly format: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: HttpRequest['headers'];
  readonly status: number;
  readonly responseHeaders: Answered['headers'];
  readonly durationMs: number | undefined;
  /** The `id` in the answer, where that is a text. */
  readonly answeredId: string | undefined;
}

const nothing: readonly never[] = [];

/** An exchange that was seen to be in order by one {@link Skim}. Its bodies are read when somebody asks for them. */
export class SkimmedExchange implements Exchange {
  readonly origin: Extract<Origin, { kind: 'document' }>;
  readonly request: HttpRequest;
  readonly outcome: Answered;
  readonly before: readonly Exchange[] = nothing;
  readonly #outline: Outline;
  readonly #seenBy: Skim;

  constructor(outline: Outline, seenBy: Skim, whole: Whole) {
    const { file, index, line, format } = outline;
    this.origin = { kind: 'document', file, index, line, format, provenance: 'observation', fidelity: nothing };
    this.request = new SkimmedRequest(outline, whole);
    this.outcome = new SkimmedAnswer(outline, whole);
    this.#outline = outline;
    this.#seenBy = seenBy;
  }

  get id(): string {
    return `${this.origin.file}#${this.origin.index}`;
  }

  get answeredId(): string | undefined {
    return this.#outline.answeredId;
  }

  isSeenBy(skim: Skim): boolean {
    return this.#seenBy === skim;
  }
}

/** The same exchange, read as any other. */
export interface Whole {
  parsed(): Exchange;
}

class SkimmedRequest implements HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HttpRequest['headers'];
  readonly #whole: Whole;
  #body: Body | undefined;

  constructor({ method, url, requestHeaders }: Outline, whole: Whole) {
    this.method = method;
    this.url = url;
    this.headers = requestHeaders;
    this.#whole = whole;
  }

  get body(): Body {
    this.#body ??= this.#whole.parsed().request.body;
    return this.#body;
  }
}

class SkimmedAnswer implements Answered {
  readonly kind = 'answered';
  readonly status: number;
  readonly headers: Answered['headers'];
  readonly durationMs: number | undefined;
  readonly defects = nothing;
  readonly #whole: Whole;
  #body: Body | undefined;

  constructor({ status, responseHeaders, durationMs }: Outline, whole: Whole) {
    this.status = status;
    this.headers = responseHeaders;
    this.durationMs = durationMs;
    this.#whole = whole;
  }

  get body(): Body {
    this.#body ??= (this.#whole.parsed().outcome as Answered).body;
    return this.#body;
  }
}
