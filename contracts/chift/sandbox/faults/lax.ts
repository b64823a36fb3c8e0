import type { Problem } from '../answers.js';
import type { Change } from '../behaviour.js';
import { type Fault, has, isObject, type Json, keptBy } from './fault.js';

/** Overlooks problems of the body. */
function overlooking(overlooked: (problem: Problem) => boolean): Change {
  return (base) => ({
    problems: (value, visit) => base.problems(value, visit).filter((problem) => !overlooked(problem)),
  });
}

/** Overlooks problems of path and query. */
function overlookingParameter(name: string, type?: string): Change {
  return (base) => ({
    parameters: (visit) =>
      base
        .parameters(visit)
        .filter((problem) => problem.loc[1] !== name || (type !== undefined && problem.type !== type)),
  });
}

/** Makes something valid of a JSON value before it is judged. */
function making(convert: (value: unknown) => unknown): Change {
  return (base) => ({ converted: (value, visit) => convert(base.converted(value, visit)) });
}

/** Reads something where the faithful reader refuses for this reason. */
function readingAs(type: string, value: (text: string) => unknown, when = (_text: string) => true): Change {
  return (base) => ({
    read(visit) {
      const reading = base.read(visit);
      if (!('refusal' in reading)) return reading;
      const [problem] = (reading.refusal.body as { detail?: Problem[] }).detail ?? [];
      const text = new TextDecoder().decode(visit.request.body);
      return problem?.type === type && when(text) ? { value: value(text) } : reading;
    },
  });
}

const inObject = (value: unknown, change: (body: Json) => Json): unknown => (isObject(value) ? change(value) : value);

/** Makes something valid of each address of a body. */
function makingAddresses(convert: (address: Json) => Json): Change {
  return making((value) =>
    inObject(value, (body) =>
      Array.isArray(body['addresses'])
        ? { ...body, addresses: body['addresses'].map((address) => inObject(address, convert)) }
        : body,
    ),
  );
}

/** Bodies and parameters that are taken although they break the schema. */
export const laxFaults: readonly Fault[] = [
  {
    name: 'takes-numbers-for-text',
    finding: 'request.invalid.accepted',
    description: 'a number in a text field is turned into a text',
    change: making((value) =>
      inObject(value, (body) =>
        Object.fromEntries(
          Object.entries(body).map(([key, each]) => [
            key,
            typeof each === 'number' && !key.startsWith('is_') && key !== 'birthdate' ? String(each) : each,
          ]),
        ),
      ),
    ),
  },
  {
    name: 'takes-any-type-for-text',
    finding: 'request.invalid.accepted',
    description: 'the type of text fields is not looked at, and what is no text is dropped',
    change: (base) => ({
      problems: (value, visit) => base.problems(value, visit).filter(({ type }) => type !== 'string_type'),
      made: (visit, id) => {
        const contact = base.made(visit, id);
        return typeof contact['first_name'] === 'string' ? contact : { ...contact, first_name: null };
      },
    }),
  },
  {
    name: 'takes-any-flag',
    finding: 'request.invalid.accepted',
    description: 'anything but a boolean counts as true in a flag',
    change: making((value) =>
      inObject(value, (body) =>
        Object.fromEntries(
          Object.entries(body).map(([key, each]) => [key, key.startsWith('is_') && has(each) ? each !== false : each]),
        ),
      ),
    ),
  },
  {
    name: 'takes-any-gender',
    finding: 'request.invalid.accepted',
    description: 'an unknown gender is taken and forgotten',
    change: making((value) =>
      inObject(value, (body) =>
        ['H', 'F', 'N/A'].includes(body['gender'] as string) ? body : { ...body, gender: null },
      ),
    ),
  },
  {
    name: 'takes-gender-in-any-case',
    finding: 'request.invalid.accepted',
    description: 'gender f is taken for F',
    change: making((value) =>
      inObject(value, (body) =>
        typeof body['gender'] === 'string' ? { ...body, gender: body['gender'].toUpperCase() } : body,
      ),
    ),
  },
  {
    name: 'takes-any-address-type',
    finding: 'request.invalid.accepted',
    description: 'an unknown address type is taken for "other"',
    change: makingAddresses((address) =>
      has(address['address_type']) && !['main', 'delivery', 'invoice'].includes(String(address['address_type']))
        ? { ...address, address_type: 'other' }
        : address,
    ),
  },
  {
    name: 'takes-any-date',
    finding: 'request.invalid.accepted',
    description: 'a birthdate that is no date is taken and forgotten',
    change: making((value) =>
      inObject(value, (body) =>
        /^\d{4}-\d{2}-\d{2}$/.test(String(body['birthdate'])) ? body : { ...body, birthdate: null },
      ),
    ),
  },
  {
    name: 'takes-incomplete-addresses',
    finding: 'request.invalid.accepted',
    description: 'an address without a street, city, postal code or country is taken',
    change: overlooking(({ type, loc }) => type === 'missing' && loc.length === 4 && loc[3] !== 'address_type'),
  },
  {
    name: 'takes-null-in-addresses',
    finding: 'request.invalid.accepted',
    description: 'an address with null for its street, city, postal code or country is taken',
    change: overlooking(({ type, loc, input }) => type === 'string_type' && loc.length === 4 && input === null),
  },
  {
    name: 'takes-untyped-addresses',
    finding: 'request.invalid.accepted',
    description: 'an address without a type is taken for the main one',
    change: makingAddresses((address) =>
      has(address['address_type']) ? address : { ...address, address_type: 'main' },
    ),
  },
  {
    name: 'takes-one-address-for-a-list',
    finding: 'request.invalid.accepted',
    description: 'an object is taken for a list of addresses',
    change: making((value) =>
      inObject(value, (body) => (isObject(body['addresses']) ? { ...body, addresses: [] } : body)),
    ),
  },
  {
    name: 'takes-null-addresses',
    finding: 'request.invalid.accepted',
    description: 'null and texts among the addresses are skipped',
    change: making((value) =>
      inObject(value, (body) =>
        Array.isArray(body['addresses']) ? { ...body, addresses: body['addresses'].filter(isObject) } : body,
      ),
    ),
  },
  {
    name: 'checks-first-address-only',
    finding: 'request.invalid.accepted',
    description: 'only the first address is validated',
    change: overlooking(({ loc }) => loc[1] === 'addresses' && Number(loc[2]) > 0),
  },
  {
    name: 'takes-a-list-for-a-contact',
    finding: 'request.invalid.accepted',
    description: 'of a list the first item is taken for the contact',
    change: making((value) => (Array.isArray(value) ? (isObject(value[0]) ? value[0] : {}) : value)),
  },
  {
    name: 'takes-broken-json',
    finding: 'request.invalid.accepted',
    description: 'a body that is no JSON makes an empty contact',
    change: readingAs('json_invalid', () => ({})),
  },
  {
    name: 'takes-what-follows',
    finding: 'request.invalid.accepted',
    description: 'of a body only the JSON object is read, not what follows it',
    change: (base) => ({
      read(visit) {
        const [, object] = /^(\{.*\})[^}]*$/s.exec(Buffer.from(visit.request.body).toString()) ?? [];
        if (object === undefined) return base.read(visit);
        return base.read({ ...visit, request: { ...visit.request, body: Buffer.from(object) } });
      },
    }),
  },
  {
    name: 'takes-no-body',
    finding: 'request.invalid.accepted',
    description: 'a body of nothing or of white space makes an empty contact',
    change: (base) => {
      const blank = readingAs(
        'json_invalid',
        () => ({}),
        (text) => text.trim() === '',
      );
      return readingAs('missing', () => ({}))({ ...base, ...blank(base) });
    },
  },
  {
    name: 'takes-any-content-type',
    finding: 'request.invalid.accepted',
    description: 'JSON is read whatever the content type says',
    change: readingAs('model_attributes_type', (text) => JSON.parse(text) as unknown),
  },
  {
    name: 'takes-page-zero',
    finding: 'request.invalid.accepted',
    description: 'page 0 is taken for page 1',
    change: (base) => ({
      ...overlookingParameter('page', 'greater_than_equal')(base),
      page: (contacts, visit) => base.page(contacts, { ...visit, query: positive(visit.query) }),
    }),
  },
  {
    name: 'takes-any-page-size',
    finding: 'request.invalid.accepted',
    description: 'pages of more than 100 are served',
    change: overlookingParameter('size', 'less_than_equal'),
  },
  {
    name: 'takes-any-contact-type',
    finding: 'request.invalid.accepted',
    description: 'an unknown contact_type is taken for none',
    change: (base) => ({
      ...overlookingParameter('contact_type')(base),
      filtered: (visit) =>
        ['prospect', 'customer', 'supplier'].includes(typeOf(visit.query)) ? base.filtered(visit) : keptBy(visit),
    }),
  },
  {
    name: 'takes-any-consumer-id',
    finding: 'request.invalid.accepted',
    description: 'a consumer id that is no UUID is served',
    change: overlookingParameter('consumer_id'),
  },
];

const typeOf = (query: URLSearchParams): string => query.get('contact_type') ?? 'all';

function positive(query: URLSearchParams): URLSearchParams {
  const page = Math.max(1, Number(query.get('page') ?? 1));
  return new URLSearchParams([...[...query].filter(([name]) => name !== 'page'), ['page', String(page)]]);
}
