import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { policyFor } from '../contract/contract.js';
import { validatorOf } from '../derive/validator.js';
import { plainSitting, sittingsOf } from './sittings.js';

const ids = ['createContact', 'getContact', 'listContacts'];
const all = ids.flatMap((id) => sittingsOf(contract, id, 1));

describe('what is served to a client', () => {
  it('depends on contract and seed alone, and every answer has a name of its own', () => {
    expect(ids.flatMap((id) => sittingsOf(contract, id, 1))).toEqual(all);
    expect(sittingsOf(contract, 'createContact', 2)).not.toEqual(sittingsOf(contract, 'createContact', 1));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('keeps the contract wherever a body of the model is served', () => {
    for (const { endpoint, answers, value, id } of all) {
      if (value === undefined) continue;
      const verdict = validatorOf(endpoint.responses[answers[0]!.status]!).violations(JSON.parse(answers[0]!.body));
      expect([id, verdict]).toEqual([id, []]);
    }
  });

  it('breaks it wherever only a crash or a lie counts, but for a redirect', () => {
    const broken = all.filter(({ kind }) => kind === 'invalid');
    expect(broken.length).toBeGreaterThan(100);
    for (const { endpoint, answers, id } of broken) {
      const [{ status, body }] = answers as [(typeof answers)[number]];
      const value = parsed(body);
      const faults = value === undefined ? ['no JSON'] : validatorOf(endpoint.responses[status]!).violations(value);
      expect([id, faults.length > 0]).toEqual([id, true]);
    }
  });

  it('has a 401 of both kinds, told apart by their codes alone', () => {
    const named = all.filter(({ id }) => /^createContact\/401\/(token|connector)$/.test(id));
    expect(named.map(({ answers }) => (JSON.parse(answers[0]!.body) as { error_code: string }).error_code)).toEqual([
      'ERROR_CHIFT_AUTHENTICATION_ERROR',
      'ERROR_CONNECTOR_AUTHENTICATION',
    ]);
  });

  it('has every promised status, every policy, and both documented forms of a 422', () => {
    const statuses = new Set(
      all.filter(({ endpoint }) => endpoint.id === 'createContact').map(({ answers }) => answers[0]!.status),
    );
    expect([...statuses].sort()).toEqual([200, 307, 400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503, 504]);
    for (const status of statuses)
      if (![200, 307, 400, 422].includes(status))
        expect(policyFor(contract, contract.endpoints[0]!, status)).toBeDefined();
    const details = all
      .filter(({ answers }) => answers[0]!.status === 422)
      .map(({ answers }) => (JSON.parse(answers[0]!.body) as { detail?: unknown }).detail);
    expect(details.some(Array.isArray)).toBe(true);
    expect(details.some((detail) => typeof detail === 'string')).toBe(true);
  });

  it('has absent fields, nulls, unknown keys, long texts and long lists', () => {
    const bodies = all
      .filter(({ id }) => id.startsWith('createContact/200/edge-'))
      .map(({ answers }) => JSON.parse(answers[0]!.body) as Record<string, unknown>);
    expect(bodies.some((body) => Object.keys(body).length === 2)).toBe(true);
    expect(bodies.some(({ gender, addresses }) => gender === null && addresses === null)).toBe(true);
    expect(bodies.some((body) => 'x_unknown' in body)).toBe(true);
    expect(bodies.some(({ comment }) => typeof comment === 'string' && comment.length > 10_000)).toBe(true);
    expect(bodies.some(({ addresses }) => Array.isArray(addresses) && addresses.length >= 50)).toBe(true);
  });

  it('waits out what is throttled: after it comes the plain answer, with the seconds to wait in the first', () => {
    for (const { answers } of all.filter(({ answers }) => [429, 503].includes(answers[0]!.status))) {
      expect(answers.map(({ status }) => status)).toEqual([answers[0]!.status, 200]);
      expect(answers[0]!.headers).toContainEqual(['retry-after', '1']);
    }
  });

  it('begins with a plain answer whose texts are told apart', () => {
    const { value } = plainSitting(contract, 'createContact')!;
    const contact = value!.json as Record<string, string>;
    expect(contact['id']).not.toBe(contact['company_id']);
    expect(contact['first_name']).not.toBe(contact['last_name']);
    expect(validatorOf(contract.endpoints[0]!.responses[200]!).violations(contact)).toEqual([]);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
