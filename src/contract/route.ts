import { HarnessError } from '../errors.js';
import type { Contract } from './contract.js';
import type { Endpoint } from './endpoint.js';

export interface Route {
  readonly endpoint: Endpoint;
  /** Path parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

const placeholder = /\{([A-Za-z_][A-Za-z0-9_]*)\}/;
const placeholders = new RegExp(placeholder, 'g');

/** `/a/{b}` → `['b']`, in order. */
export function parametersOf(template: string): string[] {
  return [...template.matchAll(placeholders)].map((found) => found[1]!);
}

/** `/a/{b}` → a pattern with one named group per parameter; a trailing slash is tolerated. */
export function pathPattern(template: string): RegExp {
  if (!template.startsWith('/')) throw new HarnessError('usage', `path template ${template} must start with a slash`);
  const names = parametersOf(template);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new HarnessError('usage', `path template ${template} has ${twice} twice`);
  const source = template
    .split(/(\{[A-Za-z_][A-Za-z0-9_]*\})/)
    .map((part) => (placeholder.test(part) ? `(?<${part.slice(1, -1)}>[^/]+)` : part.replace(special, '\\$&')))
    .join('');
  return new RegExp(`^${source}/?$`);
}

const special = /[.*+?^$()|[\]\\{}]/g;
const patterns = new Map<string, RegExp>();

/** The endpoint a request speaks to, or undefined when the contract has none for it. `basePath` is cut off first. */
export function route(contract: Contract, method: string, url: string, basePath = ''): Route | undefined {
  const target = splitUrl(url);
  if (target === undefined) return undefined;
  const path = withoutBase(target.path, basePath);
  if (path === undefined) return undefined;
  const found = contract.endpoints
    .filter((endpoint) => endpoint.method === method.toUpperCase())
    .map((endpoint) => ({ endpoint, params: match(endpoint.path, path), query: target.query }))
    .filter((candidate): candidate is Route => candidate.params !== undefined);
  return found.sort((a, b) => count(a) - count(b))[0];
}

/** URLs whose route is remembered. */
const rememberedUrls = 1000;

/** {@link route} for many requests of a few URLs: an answer is remembered, and is one object for one URL. */
export function router(contract: Contract, basePath: string): (method: string, url: string) => Route | undefined {
  const methods = new Map<string, Map<string, Route | undefined>>();
  return (method, url) => {
    const known = methods.get(method);
    const found = known?.get(url);
    if (found !== undefined || known?.has(url)) return found;
    const fresh = route(contract, method, url, basePath);
    if (known !== undefined && known.size < rememberedUrls) known.set(url, fresh);
    else if (methods.size < rememberedUrls) methods.set(method, new Map([[url, fresh]]));
    return fresh;
  };
}

/** Of two templates that fit, the one that says more with words wins (OpenAPI 3.1, path templating). */
function count({ params }: Route): number {
  return Object.keys(params).length;
}

/** `{consumer_id}` and the like filled in, percent-encoded. */
export function fillPath(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(placeholders, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new HarnessError('usage', `path ${template} needs a value for ${name}`);
    return encodeURIComponent(value.toWellFormed());
  });
}

function match(template: string, path: string): Record<string, string> | undefined {
  let pattern = patterns.get(template);
  if (!pattern) {
    pattern = pathPattern(template);
    patterns.set(template, pattern);
  }
  const groups = pattern.exec(path)?.groups;
  return groups
    ? Object.fromEntries(Object.entries(groups).map(([name, raw]) => [name, decode(raw)]))
    : pattern.test(path)
      ? {}
      : undefined;
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

function withoutBase(path: string, basePath: string): string | undefined {
  const base = basePath.replace(/\/+$/, '');
  if (base === '') return path;
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

function splitUrl(url: string): { path: string; query: Record<string, string> } | undefined {
  try {
    const parsed = new URL(url.startsWith('/') ? `http://relative.invalid${url}` : url, 'http://relative.invalid');
    return { path: parsed.pathname, query: Object.fromEntries(parsed.searchParams) };
  } catch {
    return undefined;
  }
}
