import { chiftError, type Problem } from '../answers.js';
import type { Behaviour } from '../behaviour.js';
import { header } from '../faithful.js';
import { isObject, type Json } from '../faults/fault.js';
import { inObjects, onAnswers, once, type Variation } from './variation.js';

const promised = new Set(['id', 'source_ref', 'address_type', 'items']);
const truths = /^(1|t|true|y|yes|on)$/i;
const lies = /^(0|f|false|n|no|off)$/i;

/** What pydantic 2 makes of a value in its lax mode. */
function flag(value: unknown): unknown {
  const text = typeof value === 'string' || value === 0 || value === 1 ? String(value) : '';
  if (truths.test(text)) return true;
  return lies.test(text) ? false : value;
}

/** Midnight date-times and Unix seconds at midnight count as days. */
function date(value: unknown): unknown {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}[T ]00:00(:00)?(Z|[+-]00:?00)?$/i.test(value))
    return value.slice(0, 10);
  const seconds = typeof value === 'number' || /^-?\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  return seconds % 86_400 === 0 ? new Date(seconds * 1000).toISOString().slice(0, 10) : value;
}

function laxly(body: unknown): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key.startsWith('is_') ? flag(value) : key === 'birthdate' ? date(value) : value,
    ]),
  );
}

/** Keys beside those that are known, as they were sent. */
function extras(sent: unknown, known: Json): Json {
  return isObject(sent) ? Object.fromEntries(Object.entries(sent).filter(([key]) => !Object.hasOwn(known, key))) : {};
}

/** Reads without the header that asks past it are answered from a cache, as the caching guide says. */
function cachedReads(base: Behaviour): Partial<Behaviour> {
  const held = new Map<string, { readonly until: number; readonly text: string }>();
  return {
    text(body, visit) {
      const { request, operation } = visit;
      const key = `${request.path}?${request.query}`;
      const cached = held.get(key);
      const past = header(request.headers, 'x-chift-force-refresh') === 'true';
      const cacheable = (operation === 'getContact' || operation === 'listContacts') && isFound(body);
      if (cacheable && !past && cached && request.receivedAt < cached.until) return cached.text;
      const text = base.text(body, visit);
      if (cacheable) held.set(key, { until: request.receivedAt + 300_000, text });
      return text;
    },
  };
}

const isFound = (body: unknown): boolean => isObject(body) && ('id' in body || 'items' in body);

/** Other answers that the published document allows as well. */
export const contentVariations: readonly Variation[] = [
  {
    name: 'more-fields',
    description: 'contacts, addresses, pages and errors carry fields that are not documented',
    change: onAnswers((answer) => ({
      ...answer,
      body: inObjects(answer.body, (object) => ({ ...object, x_internal: { revision: 7, tags: ['a', null] } })),
    })),
  },
  {
    name: 'nulls-omitted',
    description: 'fields without a value are left out',
    change: onAnswers((answer) => ({
      ...answer,
      body: inObjects(answer.body, (object) =>
        Object.fromEntries(Object.entries(object).filter(([key, value]) => value !== null || promised.has(key))),
      ),
    })),
  },
  {
    name: 'no-addresses-null',
    description: 'a contact without addresses has null for them',
    change: (base) => ({
      shown(contact, visit) {
        const shown = base.shown(contact, visit);
        return (shown['addresses'] as unknown[]).length > 0 ? shown : { ...shown, addresses: null };
      },
    }),
  },
  {
    name: 'source-ref-empty',
    description: 'source_ref is {}',
    change: (base) => ({ shown: (contact, visit) => ({ ...base.shown(contact, visit), source_ref: {} }) }),
  },
  {
    name: 'source-ref-nulls',
    description: 'source_ref has null for its id and its model',
    change: (base) => ({
      shown: (contact, visit) => ({ ...base.shown(contact, visit), source_ref: { id: null, model: null } }),
    }),
  },
  {
    name: 'opaque-ids',
    description: 'ids have slashes, spaces and letters beyond ASCII',
    change: (base) => ({ newId: (visit) => `ç/${base.newId(visit)} +%2F` }),
  },
  {
    name: 'unknown-keys-kept',
    description: 'keys that are not documented are kept and answered, in contacts and in addresses',
    change: (base) => ({
      made(visit, id) {
        const contact = base.made(visit, id);
        const { addresses } = visit.sent as { addresses?: unknown };
        return {
          ...extras(visit.sent, contact),
          ...contact,
          addresses: (contact['addresses'] as Json[]).map((address, at) => ({
            ...extras((addresses as unknown[])[at], address),
            ...address,
          })),
        };
      },
    }),
  },
  {
    name: 'newest-first',
    description: 'lists begin with the newest contact',
    change: (base) => ({ filtered: (visit) => [...base.filtered(visit)].reverse() }),
  },
  {
    name: 'cached-reads',
    description: 'reads may be five minutes old unless they ask past the cache',
    change: cachedReads,
  },
  {
    name: 'lax-conversion',
    description: 'texts and numbers are taken for flags, midnight for a date, as pydantic does unless told otherwise',
    change: (base) => ({ converted: (value, visit) => laxly(base.converted(value, visit)) }),
  },
  {
    name: 'refusals-as-object',
    description: 'a 422 is the general error object with its code, not a list of places',
    change: onAnswers((answer) =>
      answer.status === 422
        ? chiftError(422, { message: 'The body is not valid', error_code: 'ERROR_INVALID_BODY' })
        : answer,
    ),
  },
  {
    name: 'one-problem-at-a-time',
    description: 'a 422 lists the first problem only',
    change: onAnswers((answer) =>
      answer.status === 422
        ? {
            ...answer,
            body: { ...(answer.body as Json), detail: (answer.body as { detail: Problem[] }).detail.slice(0, 1) },
          }
        : answer,
    ),
  },
  {
    name: 'bare-errors',
    description: 'errors have nothing but a message',
    change: onAnswers((answer) =>
      answer.status >= 400
        ? { ...answer, body: { message: String((answer.body as Json)['message'] ?? 'Error') } }
        : answer,
    ),
  },
  {
    name: 'strangers-in-plain-words',
    description: 'a 401 is {"detail": …}, as FastAPI answers it',
    change: onAnswers((answer) =>
      answer.status === 401 ? { ...answer, body: { detail: 'Not authenticated' } } : answer,
    ),
  },
  {
    name: 'strangers-403',
    description: 'a request without any credentials is answered 403, as older FastAPI does',
    change: onAnswers((answer, { request }) =>
      answer.status === 401 && header(request.headers, 'authorization') === undefined
        ? { ...answer, status: 403, body: { detail: 'Not authenticated' } }
        : answer,
    ),
  },
  {
    name: 'short-tokens',
    description: 'tokens last a minute',
    change: onAnswers((answer, { operation }) =>
      operation === 'createToken' && answer.status === 200
        ? { ...answer, body: { ...(answer.body as Json), expires_in: 60 } }
        : answer,
    ),
  },
  {
    name: 'token-type-in-capitals',
    description: 'token_type is BEARER',
    change: onAnswers((answer, { operation }) =>
      operation === 'createToken' && answer.status === 200
        ? { ...answer, body: { ...(answer.body as Json), token_type: 'BEARER' } }
        : answer,
    ),
  },
  {
    name: 'throttled-once',
    description: 'one request is answered 429 and may be sent again at once',
    change: once(20, () =>
      chiftError(429, { message: 'Too many requests', error_code: 'ERROR_RATE_LIMIT' }, [['retry-after', '0']]),
    ),
  },
  {
    name: 'unavailable-once',
    description: 'one request is answered 503 and may be sent again at once',
    change: once(25, () => ({
      status: 503,
      headers: [['retry-after', '0']],
      body: { message: 'Service Unavailable' },
    })),
  },
];
