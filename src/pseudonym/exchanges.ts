import type { Contract } from '../contract/contract.js';
import { route } from '../contract/route.js';
import { toWire, type Wire } from '../contract/wire.js';
import type { Answered, Exchange } from '../exchange/exchange.js';
import type { Header } from '../exchange/headers.js';
import { isSecretHeader } from '../exchange/secret-shapes.js';
import { Addresses } from './addresses.js';
import { Bodies } from './bodies.js';
import type { Disguise } from './pseudonyms.js';
import { Texts } from './texts.js';
import type { Vocabulary } from './vocabulary.js';

/** Replaces what names somebody in whole exchanges, in the light of the contract; what they show of it stays. */
export class Exchanges {
  private readonly texts: Texts;
  private readonly bodies: Bodies;
  private readonly addresses: Addresses;

  constructor(
    private readonly contract: Contract,
    private readonly basePath: string,
    disguise: Disguise,
    vocabulary: Vocabulary,
  ) {
    this.texts = new Texts(disguise, vocabulary, (url) => this.address(url));
    this.bodies = new Bodies(this.texts, vocabulary);
    this.addresses = new Addresses(contract, basePath, disguise);
  }

  exchange(exchange: Exchange): Exchange {
    const { request, outcome } = exchange;
    const endpoint = route(this.contract, request.method, request.url, this.basePath)?.endpoint;
    const wire = endpoint?.request.body && toWire(endpoint.request.body, endpoint.id);
    const promised = outcome.kind === 'answered' ? endpoint?.responses[outcome.status] : undefined;
    const other = {
      ...request,
      url: this.address(request.url),
      headers: this.headers(request.headers),
      body: this.bodies.body(request.body, wire),
    };
    return {
      ...exchange,
      request: other,
      outcome:
        outcome.kind === 'answered'
          ? this.answered(outcome, promised ? toWire(promised, endpoint!.id) : undefined)
          : { ...outcome, detail: this.texts.free(outcome.detail) },
    };
  }

  private answered(outcome: Answered, wire: Wire | undefined): Answered {
    return {
      ...outcome,
      headers: this.headers(outcome.headers),
      body: this.bodies.body(outcome.body, wire),
      defects: outcome.defects.map(({ kind, detail }) => ({ kind, detail: this.texts.free(detail) })),
    };
  }

  private headers(headers: readonly Header[]): Header[] {
    return headers.map(([name, value]) => [name, this.header(name.toLowerCase(), value)]);
  }

  private header(name: string, value: string): string {
    if (name === 'host') return this.addresses.origin(value);
    if (name === 'location' || name === 'content-location') return this.address(value);
    if (!isSecretHeader(name)) return this.texts.free(value);
    const scheme = /^(?:bearer|basic|digest|token|apikey|negotiate) +/i.exec(value)?.[0] ?? '';
    return scheme + this.texts.field(value.slice(scheme.length), 'secret');
  }

  private address(url: string): string {
    return this.addresses.address(url, this.texts, this.bodies);
  }
}
