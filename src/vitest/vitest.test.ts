import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { contactIn, contactOut, createContact, type Sandbox, validContact } from '../../contracts/chift/index.js';
import { promiseAt } from '../derive/promise-at.js';
import { test } from './index.js';

const contact = { id: 'c1', source_ref: {}, addresses: [{ address_type: 'main', country: 'BE' }] };

/** What a failing expectation says. */
async function said(expectation: () => unknown): Promise<string> {
  try {
    await expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation holds');
}

describe('toConformTo', () => {
  it('takes a value and a schema', async () => {
    expect(contact).toConformTo(contactOut);
    expect({ ...contact, id: 7 }).not.toConformTo(contactOut);
    const message = await said(() => expect({ ...contact, is_company: 'yes' }).toConformTo(contactOut));
    expect(message).toContain('conforms to ContactItemOut');
    expect(message).toContain('/is_company');
    expect(message).toContain('"yes"');
    expect(message).toContain('promised: type boolean|null (Is a company?; Chift OpenAPI');
    expect(await said(() => expect(contact).not.toConformTo(contactOut))).toContain('does not conform');
  });

  it('takes an answer and an endpoint', async () => {
    expect({ status: 200, body: contact }).toConformTo(createContact);
    expect({ status: 200, data: contact }).toConformTo(createContact);
    expect({ status: 400, body: { message: 'no' } }).toConformTo(createContact);
    expect({ status: 400, body: contact }).not.toConformTo(createContact);
    expect(contact).not.toConformTo(createContact);
    const message = await said(() => expect({ status: 201, body: contact }).toConformTo(createContact));
    expect(message).toContain('the status is 201, and 200, 400, 422 are promised');
    expect(await said(() => expect({ status: 200 }).toConformTo(createContact))).toContain('createContact 200');
  });

  it('reads a Response and leaves it readable', async () => {
    const response = Response.json(contact);
    await expect(response).toConformTo(createContact);
    expect(await response.json()).toEqual(contact);
    await expect(Response.json({ ...contact, id: null })).not.toConformTo(createContact);
    await expect(new Response('<html>', { status: 200 })).not.toConformTo(createContact);
    expect(await said(() => expect(Response.json([])).toConformTo(createContact))).toContain('object');
  });

  it('knows a promise of no body, and that a missing promise is a mistake of the test', async () => {
    expect(undefined).toConformTo(null);
    expect('').toConformTo(null);
    expect({}).not.toConformTo(null);
    const absent = createContact.responses[299] as z.ZodType;
    expect(await said(() => expect({}).toConformTo(absent))).toContain('no such promise');
    expect(await said(() => expect({}).not.toConformTo(absent))).toContain('no such promise');
  });

  it('works inside other expectations', () => {
    expect({ answer: contact }).toEqual({ answer: expect.toConformTo(contactOut) });
    expect({ answer: {} }).not.toEqual({ answer: expect.toConformTo(contactOut) });
  });
});

describe('toBeValidContact', () => {
  it('takes what create-contact must accept', async () => {
    expect({}).toBeValidContact();
    expect({ gender: 'X' }).not.toBeValidContact();
    expect(await said(() => expect({ gender: 'X' }).toBeValidContact())).toContain('/gender');
    fc.assert(
      fc.property(validContact(), (body) => {
        expect(body).toBeValidContact();
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('the words of the model', () => {
  it('are found at every depth', () => {
    expect(promiseAt(contactIn, '/email')).toMatchObject({ description: 'Email' });
    expect(promiseAt(contactOut, '/source_ref/id').description).toBe('Technical id in the target software');
    expect(promiseAt(contactOut, '/addresses/3/country').source).toContain('Chift OpenAPI');
    expect(promiseAt(contactOut, '/nothing/here')).toEqual({ description: undefined, source: undefined });
    expect(promiseAt(z.array(z.string().meta({ description: 'a/b' })), '/0').description).toBe('a/b');
  });
});

const urls: string[] = [];

describe('the sandbox fixture', () => {
  test('is a provider that answers', async ({ sandbox }) => {
    expectTypeOf(sandbox).toEqualTypeOf<Sandbox>();
    urls.push(sandbox.url);
    const response = await create(sandbox);
    await expect(response).toConformTo(createContact);
  });

  test('is gone after its test', async () => {
    await expect(fetch(urls[0]!)).rejects.toThrow();
  });

  describe('with a fault', () => {
    test.override({ sandboxOptions: { faults: ['id-number'] } });
    test('breaks its promise', async ({ sandbox }) => {
      await expect(await create(sandbox)).not.toConformTo(createContact);
    });
  });
});

async function create({ url, demo }: Sandbox): Promise<Response> {
  const json = { 'content-type': 'application/json' };
  const token = await fetch(`${url}/token`, { method: 'POST', headers: json, body: JSON.stringify(demo.credentials) });
  const { access_token } = (await token.json()) as { access_token: string };
  return fetch(`${url}/consumers/${demo.consumerId}/invoicing/contacts`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${access_token}` },
    body: JSON.stringify({ last_name: 'Curie' }),
  });
}
