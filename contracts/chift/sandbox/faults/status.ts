import { chiftError } from '../answers.js';
import { crashed, type Fault, inRefusal, type Json, onAnswer, onStatus } from './fault.js';

const brokenJson = ({ body }: { body: unknown }): boolean =>
  ((body as Json)['detail'] as Json[] | undefined)?.[0]?.['type'] === 'json_invalid';

/** Statuses that are not promised, and statuses that contradict their body. */
export const statusFaults: readonly Fault[] = [
  {
    name: 'created-201',
    finding: 'response.status.undocumented',
    description: 'a create is answered 201 instead of 200',
    change: onStatus('createContact', 200, (answer) => ({ ...answer, status: 201 })),
  },
  {
    name: 'created-202',
    finding: 'response.status.undocumented',
    description: 'a create is answered 202, with the contact',
    change: onStatus('createContact', 200, (answer) => ({ ...answer, status: 202 })),
  },
  {
    name: 'refused-418',
    finding: 'response.status.undocumented',
    description: 'a body that breaks the schema is answered 418',
    change: onStatus('createContact', 422, (answer) => ({ ...answer, status: 418 })),
  },
  {
    name: 'listed-206',
    finding: 'response.status.undocumented',
    description: 'a page of a longer list is answered 206',
    change: onStatus('listContacts', 200, (answer) => {
      const { items, total } = answer.body as { items: unknown[]; total: number };
      return items.length < total ? { ...answer, status: 206 } : answer;
    }),
  },
  {
    name: 'not-found-410',
    finding: 'response.status.undocumented',
    description: 'an unknown contact is answered 410 instead of 404',
    change: onStatus('getContact', 404, (answer) => ({ ...answer, status: 410 })),
  },
  {
    name: 'redirects-reads',
    finding: 'response.wire.redirect',
    description: 'a read is redirected to another path',
    change: onStatus('getContact', 200, (_, { request }) => ({
      status: 307,
      headers: [['location', `${request.path}/`]],
      body: null,
    })),
  },
  {
    name: 'error-with-200',
    finding: 'response.error.in-success',
    description: 'an unknown contact is answered 200 with an error body',
    change: onStatus('getContact', 404, (answer) => ({ ...answer, status: 200 })),
  },
  {
    name: 'refusal-with-200',
    finding: 'response.error.in-success',
    description: 'a body that breaks the schema is answered 200 with an error body',
    change: onStatus('createContact', 422, (answer) => ({ ...answer, status: 200 })),
  },
  {
    name: 'unknown-contact-500',
    finding: 'response.status.server-error',
    description: 'an unknown contact is answered 500',
    change: onStatus('getContact', 404, crashed),
  },
  {
    name: 'broken-json-500',
    finding: 'response.status.server-error',
    description: 'a body that is no JSON is answered 500',
    change: onStatus('createContact', 422, (answer) => (brokenJson(answer) ? crashed() : answer)),
  },
  {
    name: 'refusal-500',
    finding: 'response.status.server-error',
    description: 'an item of the wrong type in a list is answered 500',
    change: onStatus('createContact', 422, (answer) => {
      const [first] = (answer.body as { detail: { loc: unknown[] }[] }).detail;
      return first!.loc.length === 3 && typeof first!.loc[2] === 'number' ? crashed() : answer;
    }),
  },
  {
    name: 'past-the-end-404',
    finding: 'state.list',
    description: 'a page past the end is answered 404 instead of an empty page',
    change: onStatus('listContacts', 200, (answer) => {
      const { items, page } = answer.body as { items: unknown[]; page: number };
      const { message, code } = { message: 'No such page', code: 'ERROR_UNKNOWN' };
      return items.length === 0 && page > 1 ? chiftError(404, { message, error_code: code }) : answer;
    }),
  },
  {
    name: 'stack-trace',
    finding: 'response.error.leak',
    description: 'a validation error carries a Python traceback',
    change: inRefusal((body) => ({
      ...body,
      trace: 'Traceback (most recent call last):\n  File "/app/main.py", line 12',
    })),
  },
  {
    name: 'sql-in-error',
    finding: 'response.error.leak',
    description: 'an unknown contact is answered with the error of the database',
    change: onStatus('getContact', 404, ({ status }) =>
      chiftError(status, { message: 'psycopg2.errors.NoData: SELECT * FROM contacts', error_code: 'ERROR_UNKNOWN' }),
    ),
  },
  {
    name: 'place-lost',
    finding: 'response.error.location',
    description: 'a validation error points at the body as a whole',
    change: inRefusal((body) => ({
      ...body,
      detail: (body['detail'] as Json[]).map((entry) => ({ ...entry, loc: ['body'] })),
    })),
  },
  {
    name: 'place-constant',
    finding: 'response.error.location',
    description: 'a validation error always points at first_name',
    change: inRefusal((body) => ({
      ...body,
      detail: (body['detail'] as Json[]).map((entry) => ({ ...entry, loc: ['body', 'first_name'] })),
    })),
  },
  {
    name: 'place-of-parent',
    finding: 'response.error.location',
    description: 'a validation error inside an address points at the address only',
    change: inRefusal((body) => ({
      ...body,
      detail: (body['detail'] as (Json & { loc: unknown[] })[]).map((entry) => ({
        ...entry,
        loc: entry.loc.slice(0, 3),
      })),
    })),
  },
  {
    name: 'place-index-lost',
    finding: 'response.error.location',
    description: 'a validation error in any address points at the first one',
    change: inRefusal((body) => ({
      ...body,
      detail: (body['detail'] as (Json & { loc: unknown[] })[]).map((entry) => ({
        ...entry,
        loc: entry.loc.map((step, at) => (at === 2 ? 0 : step)),
      })),
    })),
  },
  {
    name: 'errors-empty',
    finding: 'response.error.location',
    description: 'a validation error lists no places',
    change: onAnswer((answer) =>
      answer.status === 422 ? { ...answer, body: { ...(answer.body as Json), detail: [] } } : answer,
    ),
  },
];
