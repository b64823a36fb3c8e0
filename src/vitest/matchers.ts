import type { ZodType } from 'zod';
import { contactIn } from '../../contracts/chift/index.js';
import type { Endpoint } from '../contract/endpoint.js';
import { answerConformance, type Conformance, schemaConformance } from './conformance.js';

/** What an expectation is held against: a zod schema, null for no body, or an endpoint with all its answers. */
export type Promised = ZodType | Endpoint | null;

/** The expectations that `chift-contract/vitest` adds. */
export interface ContractMatchers<R = unknown> {
  /**
   * A value keeps a schema, such as `contactOut`; or an answer keeps an endpoint, such as `createContact`: the status is
   * promised and the body is what that status promises. Answers are `{ status, body }`, `{ status, data }`, or a fetch
   * `Response`, whose body is read: `await expect(response).toConformTo(createContact)`.
   */
  toConformTo(promised: Promised): R;
  /** A value is a request body that create-contact must accept: `contactIn`. */
  toBeValidContact(): R;
}

/** For `expect.extend`; importing `chift-contract/vitest` does it. */
export const matchers = {
  toConformTo(received: unknown, promised: Promised): Conformance | Promise<Conformance> {
    if (promised === undefined)
      throw new TypeError('toConformTo: there is no such promise; does the endpoint document this status?');
    if (!isEndpoint(promised)) return schemaConformance(received, promised, nameOf(promised));
    if (received instanceof Response) return responseConformance(received, promised);
    return answerConformance(received, promised);
  },
  toBeValidContact: (received: unknown): Conformance => schemaConformance(received, contactIn, nameOf(contactIn)),
};

const isEndpoint = (promised: Promised): promised is Endpoint => promised !== null && 'responses' in promised;

const nameOf = (schema: ZodType | null): string => schema?.meta()?.id ?? (schema === null ? 'no body' : 'the schema');

/** The body is read from a copy, so the test can still read it. */
async function responseConformance(response: Response, endpoint: Endpoint): Promise<Conformance> {
  const text = await response.clone().text();
  return answerConformance({ status: response.status, body: jsonOrText(text) }, endpoint);
}

function jsonOrText(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
