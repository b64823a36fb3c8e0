import type { ZodType } from 'zod';
import type { Endpoint } from '../contract/endpoint.js';
import { promiseAt } from '../derive/promise-at.js';
import { type Violation, validatorOf } from '../derive/validator.js';

/** Whether a value keeps a promise, and a message for either way that an expectation of it can fail. */
export interface Conformance {
  readonly pass: boolean;
  message(): string;
}

/** Held against a schema, by both validators of the contract; null promises that there is no body. */
export function schemaConformance(value: unknown, schema: ZodType | null, what: string): Conformance {
  if (schema === null) {
    const empty = value === undefined || value === null || value === '';
    return conformance(what, empty ? [] : ['there is a body, and none is promised']);
  }
  return conformance(
    what,
    validatorOf(schema)
      .violations(value)
      .map((violation) => sentence(schema, violation)),
  );
}

/** An answer as tests have it in hand: of supertest, axios, or made by hand. */
export interface AnswerInHand {
  readonly status: number;
  readonly body?: unknown;
  /** The body, where the client calls it so. */
  readonly data?: unknown;
}

/** Held against what the endpoint promises for the status that came. */
export function answerConformance(answer: unknown, endpoint: Endpoint): Conformance {
  if (!isAnswer(answer))
    return conformance(endpoint.id, ['it is no answer: give an object with a status and a body, or a Response']);
  const { status } = answer;
  const schema = endpoint.responses[status];
  if (schema === undefined) {
    const promised = Object.keys(endpoint.responses).join(', ');
    return conformance(endpoint.id, [`the status is ${status}, and ${promised} are promised (${endpoint.source})`]);
  }
  return schemaConformance('data' in answer ? answer.data : answer.body, schema, `${endpoint.id} ${status}`);
}

function isAnswer(value: unknown): value is AnswerInHand {
  return typeof value === 'object' && value !== null && typeof (value as { status?: unknown }).status === 'number';
}

function conformance(what: string, problems: readonly string[]): Conformance {
  const pass = problems.length === 0;
  const message = pass
    ? `expected what does not conform to ${what}, and it conforms`
    : `expected what conforms to ${what}, but\n\n${problems.map((problem) => `  ${problem}`).join('\n')}\n`;
  return { pass, message: () => message };
}

/** The field, what is there, and the promise with its source: all a reader needs to know who is wrong. */
function sentence(schema: ZodType, { pointer, rule, message }: Violation): string {
  const { description, source } = promiseAt(schema, pointer);
  const known = [description, source].filter((part) => part !== undefined).join('; ');
  return `${pointer === '' ? message : `${pointer}: ${message}`}\n    promised: ${rule}${known === '' ? '' : ` (${known})`}`;
}
