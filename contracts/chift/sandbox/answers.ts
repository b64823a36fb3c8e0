import type { Header } from '../../../src/index.js';
import { choices } from './choices.js';

/** An answer before it is written as text: `body` is a JSON value. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: unknown;
}

/** One entry of a validation error, as pydantic 2 writes them. */
export interface Problem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

export function ok(body: unknown): Answer {
  return { status: 200, headers: [], body };
}

/** The documented error object, component ChiftError. */
export function chiftError(
  status: number,
  { message, error_code, detail = '' }: { message: string; error_code: string; detail?: string },
  headers: readonly Header[] = [],
): Answer {
  return { status, headers, body: { message, status: 'error', detail, error_code } };
}

export function unauthorized(): Answer {
  return chiftError(401, choices.unauthorized.is, [['www-authenticate', choices.challenge.is]]);
}

/** Component HTTPValidationError: a list of places, in the order of the document. */
export function unprocessable(problems: readonly Problem[]): Answer {
  return { status: 422, headers: [], body: { ...choices.validationError.is, detail: problems } };
}

export function contactNotFound(): Answer {
  return chiftError(404, {
    message: "The contact doesn't exist in the invoicing system.",
    error_code: 'ERROR_CONTACT_NOT_FOUND',
  });
}

export function transactionNotFound(): Answer {
  return chiftError(404, {
    message: 'The specified transaction could not be found',
    error_code: 'ERROR_TRANSACTION_NOT_FOUND',
  });
}

/** docs.chift.eu, developer-guides/advanced/idempotency, to the letter. */
export function alreadyProcessed(requestId: string, status: number): Answer {
  return chiftError(409, {
    message: `Request already processed: ${status}`,
    detail: `Request with same client request id ${requestId} was already successfully processed`,
    error_code: 'REQUEST_ALREADY_PROCESSED',
  });
}
