import type { EmulatedRequest } from '../../../src/index.js';
import { type Answer, chiftError } from './answers.js';
import { choices } from './choices.js';

const templates = {
  '/token': { POST: 'createToken' },
  '/consumers': { GET: 'listConsumers' },
  '/consumers/{consumer_id}': { GET: 'getConsumer' },
  '/consumers/{consumer_id}/connections': { GET: 'listConnections' },
  '/consumers/{consumer_id}/connections/{connection_id}/transactions': { GET: 'getTransaction' },
  '/consumers/{consumer_id}/invoicing/contacts': { GET: 'listContacts', POST: 'createContact' },
  '/consumers/{consumer_id}/invoicing/contacts/{contact_id}': { GET: 'getContact' },
} as const;

type Union<T> = T extends unknown ? T[keyof T] : never;
export type Operation = Union<(typeof templates)[keyof typeof templates]>;

export interface Routed {
  readonly operation: Operation;
  /** Percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
}

const routes = Object.entries(templates).map(([template, methods]) => ({
  steps: template.split('/'),
  methods: methods as Readonly<Record<string, Operation>>,
}));

/** The operation a request asks for; an answer when there is none. Steps are decoded after they are told apart. */
export function routed({ method, path }: EmulatedRequest): Routed | Answer {
  const steps = path.split('/').map(decoded);
  for (const route of routes) {
    const params = matched(route.steps, steps);
    if (params === undefined) continue;
    const operation = route.methods[method];
    if (operation !== undefined) return { operation, params };
    return { status: 405, headers: [['allow', Object.keys(route.methods).join(', ')]], body: choices.wrongMethod.is };
  }
  return chiftError(choices.unknownRoute.is.status, choices.unknownRoute.is);
}

function matched(template: readonly string[], steps: readonly string[]): Record<string, string> | undefined {
  if (template.length !== steps.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, expected] of template.entries()) {
    const step = steps[at]!;
    if (expected.startsWith('{') && step !== '') params[expected.slice(1, -1)] = step;
    else if (expected !== step) return undefined;
  }
  return params;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
