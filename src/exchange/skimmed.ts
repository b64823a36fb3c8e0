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

const nothing: readonly never[] = [];

/** An exchange that was seen to be in order by one {@link Skim}. Its bodies are read when somebody asks for them. */
export class SkimmedExchange implements Exchange {
  readonly before: readonly Exchange[] = nothing;
  readonly #seenBy: Skim;

  constructor(
    readonly origin: Extract<Origin, { kind: 'document' }>,
    readonly request: SkimmedRequest,
    readonly outcome: SkimmedAnswer,
    /** The `id` in the answer, where that is a text. */
    readonly answeredId: string | undefined,
    seenBy: Skim,
  ) {
    this.#seenBy = seenBy;
  }

  get id(): string {
    return `${this.origin.file}#${this.origin.index}`;
  }

  isSeenBy(skim: Skim): boolean {
    return this.#seenBy === skim;
  }
}

/** The same exchange, read as any other. */
export interface Whole {
  again(): Exchange;
}

export class SkimmedRequest implements HttpRequest {
  readonly #whole: Whole;
  #body: Body | undefined;

  constructor(
    readonly method: string,
    readonly url: string,
    readonly headers: HttpRequest['headers'],
    whole: Whole,
  ) {
    this.#whole = whole;
  }

  get body(): Body {
    this.#body ??= this.#whole.again().request.body;
    return this.#body;
  }
}

export class SkimmedAnswer implements Answered {
  readonly kind = 'answered';
  readonly defects = nothing;
  readonly #whole: Whole;
  #body: Body | undefined;

  constructor(
    readonly status: number,
    readonly headers: Answered['headers'],
    readonly durationMs: number | undefined,
    whole: Whole,
  ) {
    this.#whole = whole;
  }

  get body(): Body {
    this.#body ??= (this.#whole.again().outcome as Answered).body;
    return this.#body;
  }
}
