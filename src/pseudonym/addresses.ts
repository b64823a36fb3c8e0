import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import { pathPattern } from '../contract/route.js';
import { toWire, type Wire } from '../contract/wire.js';
import type { Bodies } from './bodies.js';
import type { Disguise } from './pseudonyms.js';
import type { Texts } from './texts.js';

/** Hosts that are nobody's: this machine, and what RFC 2606 keeps for examples. */
const nobodys =
  /^(?:localhost|127(?:\.\d+){3}|\[::1\]|(?:.+\.)?example(?:\.(?:com|org|net))?|.+\.(?:test|invalid|localhost))$/i;

/** Replaces what names somebody in addresses: hosts, ids in the path, values of the query, never who logs in. */
export class Addresses {
  private readonly host: string;

  constructor(
    private readonly contract: Contract,
    private readonly basePath: string,
    private readonly disguise: Disguise,
  ) {
    this.host = new URL(contract.provider.baseUrl).host;
  }

  /** Absolute or the path alone, as it is. */
  address(url: string, texts: Texts, bodies: Bodies): string {
    const [, scheme = '', host = '', path = '', query = '', fragment = ''] =
      /^(?:([a-z][a-z0-9+.-]*:\/\/)([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url)!;
    const found = this.endpointOf(path);
    const shapes = wiresOf(found?.endpoint);
    return [
      scheme,
      this.origin(host),
      found
        ? found.path((value) => bodies.encoded(value, (text) => texts.field(text, 'identifier')))
        : outer(path, texts, bodies),
      query === '' ? '' : `?${bodies.form(query.slice(1), shapes)}`,
      fragment === '' ? '' : `#${bodies.encoded(fragment.slice(1), (text) => texts.free(text))}`,
    ].join('');
  }

  /** Host and port. */
  origin(host: string): string {
    const [, name = '', port = ''] = /^(?:[^@]*@)?(.*?)(:\d*)?$/s.exec(host)!;
    if (name === '' || nobodys.test(name) || name.toLowerCase() === this.host) return name + port;
    return this.disguise.of(name, 'host') + port;
  }

  private endpointOf(path: string) {
    const base = this.basePath.replace(/\/+$/, '');
    if (!path.startsWith(base)) return undefined;
    const rest = path.slice(base.length);
    const candidates = this.contract.endpoints
      .map((endpoint) => ({ endpoint, found: new RegExp(pathPattern(endpoint.path), 'd').exec(rest) }))
      .filter(({ found }) => found !== null)
      .sort((a, b) => a.endpoint.path.split('{').length - b.endpoint.path.split('{').length);
    const [first] = candidates;
    if (first === undefined) return undefined;
    const spans = Object.values(first.found!.indices!.groups ?? {}).sort(([a], [b]) => a - b);
    return { endpoint: first.endpoint, path: (other: (value: string) => string) => base + between(rest, spans, other) };
  }
}

function between(
  text: string,
  spans: readonly (readonly [number, number])[],
  other: (value: string) => string,
): string {
  let from = 0;
  const parts = spans.map(([start, end]) => {
    const part = text.slice(from, start) + other(text.slice(start, end));
    from = end;
    return part;
  });
  return parts.join('') + text.slice(from);
}

/** A path that the contract does not know: its common words stay. */
function outer(path: string, texts: Texts, bodies: Bodies): string {
  return path
    .split('/')
    .map((segment) => bodies.encoded(segment, (text) => texts.free(text)))
    .join('/');
}

function wiresOf(endpoint: Endpoint | undefined): Readonly<Record<string, Wire>> {
  const entries = Object.entries(endpoint?.request.query ?? {});
  return Object.fromEntries(entries.map(([name, schema]) => [name, toWire(schema, name)]));
}
