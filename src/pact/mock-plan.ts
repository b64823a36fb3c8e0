import type { ZodType } from 'zod';
import { fillPath } from '../contract/route.js';
import { toWire, type Wire } from '../contract/wire.js';
import { belongs } from '../derive/membership.js';
import { type Fidelity, type PactMatch, type PactRule, pactMatcherOf } from '../derive/pact-matcher.js';
import { HarnessError } from '../errors.js';
import type { PactInteraction, PactState } from './interaction.js';

/** An interaction as Pact's core takes it: JSON only, so that it can cross to the child process. */
export interface MockPlan {
  readonly consumer: string;
  readonly provider: string;
  readonly description: string;
  readonly states: readonly PactState[];
  readonly pending: boolean;
  readonly notes: readonly string[];
  readonly method: string;
  readonly path: PactValue;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: PactValue])[];
  readonly body: PlannedBody | undefined;
  readonly status: number;
  readonly answer: PlannedBody | undefined;
}

/** A text of Pact's integration format: plain, or an example with its matcher and generator. */
export type PactValue = string | { readonly 'pact:matcher:type': 'regex'; readonly [key: string]: string };

export interface PlannedBody {
  readonly content: unknown;
  readonly rules: Readonly<Record<string, PactRule>>;
}

/** Stands in every pact where a token was: no token of anybody. */
export const exampleToken = 'example-token';

/** What Pact's core needs for one interaction between `consumer` and `provider`. */
export function mockPlan(interaction: PactInteraction, consumer: string, provider: string): MockPlan {
  const { description, states, endpoint, request, response } = interaction;
  return {
    consumer,
    provider,
    description,
    states,
    pending: interaction.pending ?? false,
    notes: interaction.notes ?? [],
    method: endpoint.method,
    path: plannedPath(interaction),
    query: Object.entries(request.query ?? {}),
    headers: request.authorized ? [bearer] : [],
    body: request.body === undefined ? undefined : plannedRequest(interaction),
    status: response.status,
    answer: response.body === undefined ? undefined : planned(answerOf(interaction)),
  };
}

const bearer: readonly [string, PactValue] = [
  'Authorization',
  { 'pact:matcher:type': 'regex', regex: '^[Bb][Ee][Aa][Rr][Ee][Rr] .+$', value: `Bearer ${exampleToken}` },
];

/** What the pact says of each place of the answer, and what it leaves unsaid. */
export function fidelityOf(interaction: PactInteraction): readonly Fidelity[] {
  return interaction.response.body === undefined ? [] : answerOf(interaction).fidelity;
}

function answerOf({ description, endpoint, response }: PactInteraction): PactMatch {
  const schema = endpoint.responses[response.status];
  const wire: Wire = schema ? toWire(schema, `${endpoint.id} response ${response.status}`) : { kind: 'any' };
  try {
    return pactMatcherOf(wire, response.body);
  } catch (cause) {
    throw new HarnessError('usage', `interaction "${description}": ${(cause as Error).message}`, { cause });
  }
}

const planned = ({ content, rules }: PactMatch): PlannedBody => ({ content, rules });

function plannedRequest({ endpoint, request }: PactInteraction): PlannedBody {
  const wire = endpoint.request.body && toWire(endpoint.request.body, `${endpoint.id} request body`);
  if (wire === undefined || !belongs(wire, request.body)) return { content: request.body, rules: {} };
  return planned(pactMatcherOf(wire, request.body));
}

/** Any consumer's path in the mock server, the provider's own ids on verification. */
function plannedPath({ endpoint, request, states }: PactInteraction): PactValue {
  const value = fillPath(endpoint.path, request.params);
  const given = new Set(states.flatMap(({ params = {} }) => Object.keys(params)));
  const names = Object.keys(request.params).filter((name) => given.has(name));
  if (names.length === 0) return value;
  return {
    'pact:matcher:type': 'regex',
    regex: pathExpression(endpoint.path, request.params, endpoint.request.params ?? {}),
    value,
    'pact:generator:type': 'ProviderState',
    expression: endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      names.includes(name) ? `\${${name}}` : encodeURIComponent(request.params[name]!),
    ),
  };
}

function pathExpression(
  template: string,
  params: Readonly<Record<string, string>>,
  schemas: Readonly<Record<string, ZodType>>,
): string {
  const steps = template.split(/(\{\w+\})/).map((step) => {
    if (!step.startsWith('{')) return step.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
    const name = step.slice(1, -1);
    const schema = schemas[name];
    const wire = schema && toWire(schema, `path parameter ${name}`);
    return wire && belongs(wire, params[name]) && wire.kind === 'string' && wire.format === 'uuid' ? uuid : '[^/]+';
  });
  return `^${steps.join('')}$`;
}

const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
