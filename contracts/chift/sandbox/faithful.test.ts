import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryOf, differences, edgePlan, mutationsOf, toWire } from '../../../src/index.js';
import { visitorOf } from '../../../src/testing/visitor.js';
import { contactIn, contactOut, contactPage } from '../contact.js';
import { chiftError, validationError } from '../error.js';
import { token } from '../token.js';
import { transaction } from '../transaction.js';
import { connectionOf, demo } from './demo.js';
import { emulationOf } from './emulation-of.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const contacts = `/consumers/${demo.consumerId}/invoicing/contacts`;
const wire = toWire(contactIn, 'ContactItemIn');
const open = () =>
  visitorOf(
    emulationOf({ acceptTokens: ['good'] }),
    [
      ['content-type', 'application/json'],
      ['authorization', 'Bearer good'],
    ],
    now,
  );

describe('the faithful sandbox', () => {
  it('answers, reads and lists every valid contact as it was sent, by the published models', async () => {
    const ask = open();
    let made = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryOf(wire, { hostile: true }), async (body) => {
        const created = await ask({ url: contacts, body });
        expect(created.status).toBe(200);
        const contact = contactOut.parse(created.json);
        expect(differences(known(body), known(contact))).toEqual([]);
        expect(Object.keys(contact).sort()).toEqual(Object.keys(contactOut.shape).sort());
        expect((await ask({ url: `${contacts}/${contact.id}` })).json).toEqual(created.json);
        const page = contactPage.parse((await ask({ url: `${contacts}?size=1&page=${++made}` })).json);
        expect(page).toEqual({ items: [created.json], total: made, page: made, size: 1 });
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('answers the empty contact with all 24 fields, null but for the lists and what is promised', async () => {
    const { json } = await open()({ url: contacts, body: {} });
    const { id, source_ref, addresses, ...rest } = contactOut.parse(json);
    expect({ id, source_ref, addresses }).toEqual({
      id: 'contact-000001',
      source_ref: { id: '000001', model: 'contact' },
      addresses: [],
    });
    expect(Object.values(rest)).toEqual(Array(21).fill(null));
  });

  it('takes every named edge', async () => {
    const ask = open();
    for (const { body } of edgePlan(wire, { hostile: true }))
      expect((await ask({ url: contacts, body })).status).toBe(200);
  });

  it('refuses every invalid neighbour with a 422 that names the place, and creates nothing', async () => {
    const ask = visitorOf(emulationOf({ acceptTokens: ['good'] }), [['authorization', 'Bearer good']], now);
    const all = mutationsOf(wire);
    expect(all.length).toBeGreaterThan(100);
    for (const mutation of all) {
      const { text, contentType } = mutation.apply({ addresses: [] });
      const headers = contentType === null ? [] : [['content-type', contentType] as const];
      const refused = await ask({ url: contacts, body: text, method: 'POST', headers });
      expect([mutation.id, refused.status]).toEqual([mutation.id, 422]);
      const { message, detail = [] } = validationError.parse(refused.json);
      expect(message).toBe('Validation error');
      const steps = ['body', ...mutation.pointer.split('/').slice(1)];
      const places = detail.map(({ loc }) => loc.map(String).slice(0, steps.length));
      expect([mutation.id, places]).toEqual([mutation.id, expect.arrayContaining([steps])]);
    }
    expect((await ask({ url: contacts })).json).toMatchObject({ total: 0 });
  });

  it('counts pages from 1, of at most 100, and ends with an empty one', async () => {
    const ask = open();
    for (let count = 0; count < 5; count++) await ask({ url: contacts, body: { is_customer: count % 2 === 0 } });
    const pages = await Promise.all(
      [1, 2, 3, 4].map(async (page) => (await ask({ url: `${contacts}?size=2&page=${page}` })).json),
    );
    expect(pages.map((page) => contactPage.parse(page).items.map(({ id }) => id))).toEqual([
      ['contact-000001', 'contact-000002'],
      ['contact-000003', 'contact-000004'],
      ['contact-000005'],
      [],
    ]);
    expect((await ask({ url: `${contacts}?contact_type=customer` })).json).toMatchObject({
      total: 3,
      page: 1,
      size: 50,
    });
    expect((await ask({ url: `${contacts}?contact_type=supplier` })).json).toMatchObject({ total: 0, items: [] });
  });

  it.each([
    ['page=0', ['query', 'page'], 'greater_than_equal'],
    ['page=two', ['query', 'page'], 'int_parsing'],
    ['size=101', ['query', 'size'], 'less_than_equal'],
    ['size=', ['query', 'size'], 'int_parsing'],
    ['contact_type=CUSTOMER', ['query', 'contact_type'], 'enum'],
  ])('refuses the query %s', async (query, loc, type) => {
    const { status, json } = await open()({ url: `${contacts}?${query}` });
    expect([status, validationError.parse(json).detail]).toEqual([
      422,
      [expect.objectContaining({ loc, type, input: query.split('=')[1] })],
    ]);
  });

  it('takes a client request id once per connection, and tells what became of it', async () => {
    const ask = open();
    const body = { first_name: 'Ada' };
    const once = { url: contacts, body, headers: [['x-chift-client-requestid', 'r-1']] as const };
    expect((await ask({ ...once, body: { first_name: 1 } })).status).toBe(422);
    const created = await ask(once);
    expect(created.status).toBe(200);
    const again = await ask(once);
    expect(again.status).toBe(409);
    expect(chiftError.parse(again.json)).toEqual({
      status: 'error',
      message: 'Request already processed: 200',
      detail: 'Request with same client request id r-1 was already successfully processed',
      error_code: 'REQUEST_ALREADY_PROCESSED',
    });
    const other = '0a0a0a0a-0b0b-4c0c-8d0d-0e0e0e0e0e0e';
    expect((await ask({ ...once, headers: [...once.headers, ['x-chift-connectionid', other]] })).status).toBe(200);
    const look = (connection: string, id: string) =>
      ask({ url: `/consumers/${demo.consumerId}/connections/${connection}/transactions?client_request_id=${id}` });
    expect(transaction.parse((await look(connectionOf(demo.consumerId), 'r-1')).json)).toMatchObject({
      status_code: 200,
      created_entity_id: contactOut.parse(created.json).id,
      created_on: '2026-03-01T12:00:00.000Z',
    });
    expect((await look(other, 'r-1')).json).toMatchObject({ created_entity_id: 'contact-000002' });
    expect((await look(demo.connectionId, 'r-2')).status).toBe(404);
    expect((await look(demo.connectionId, '42')).status).toBe(404);
    expect((await look('no-uuid', 'r-1')).status).toBe(422);
    const unasked = await ask({ url: `/consumers/${demo.consumerId}/connections/${other}/transactions` });
    expect(validationError.parse(unasked.json).detail).toMatchObject([
      { type: 'missing', loc: ['query', 'client_request_id'] },
    ]);
    expect((await ask({ url: contacts })).json).toMatchObject({ total: 2 });
  });

  it('takes an empty client request id for none, and a connection that is no UUID for a mistake', async () => {
    const ask = open();
    const empty = { url: contacts, body: {}, headers: [['x-chift-client-requestid', '']] as const };
    expect([(await ask(empty)).status, (await ask(empty)).status]).toEqual([200, 200]);
    const { json } = await ask({ url: contacts, body: {}, headers: [['X-Chift-ConnectionId', 'one']] });
    expect(validationError.parse(json).detail).toMatchObject([
      { type: 'uuid_parsing', loc: ['header', 'x-chift-connectionid'], input: 'one' },
    ]);
  });

  it('keeps consumers apart, and knows who is out of reach', async () => {
    const ask = open();
    await ask({ url: contacts, body: {} });
    const of = (consumer: string) => `/consumers/${consumer}/invoicing/contacts`;
    const other = '11111111-2222-3333-4444-555555555555';
    expect((await ask({ url: of(other) })).json).toMatchObject({ total: 0 });
    expect((await ask({ url: `${of(other)}/contact-000001` })).status).toBe(404);
    expect((await ask({ url: of(demo.consumerId.toUpperCase()) })).json).toMatchObject({ total: 1 });
    for (const [consumer, status] of [
      [demo.unknownConsumerId, 404],
      [demo.foreignConsumerId, 403],
      [demo.foreignConsumerId.toUpperCase(), 403],
    ] as const) {
      for (const answer of [await ask({ url: of(consumer) }), await ask({ url: of(consumer), body: {} })]) {
        expect(answer.status).toBe(status);
        chiftError.parse(answer.json);
      }
    }
  });

  it('refuses a consumer id that is no UUID before it reads the body', async () => {
    const { status, json } = await open()({ url: '/consumers/abc/invoicing/contacts', body: '{' });
    expect([status, validationError.parse(json).detail]).toEqual([
      422,
      [expect.objectContaining({ loc: ['path', 'consumer_id'], type: 'uuid_parsing', input: 'abc' })],
    ]);
  });
});

describe('the tokens of the sandbox', () => {
  const ask = visitorOf(emulationOf({}), [['content-type', 'application/json']], now);
  const login = (change: object, at = now) =>
    ask({ url: '/token', body: { ...demo.credentials, ...change }, receivedAt: at });
  const list = async (authorization: string, at = now) =>
    (await ask({ url: contacts, headers: [['authorization', authorization]], receivedAt: at })).status;

  it('are given for any credentials, last thirty minutes, and open the door under any case of the scheme', async () => {
    const issued = token.parse((await login({})).json);
    expect(issued).toMatchObject({ token_type: 'bearer', expires_in: 1800, expires_on: now / 1000 + 1800 });
    for (const scheme of ['Bearer', 'bearer', 'BEARER'])
      expect(await list(`${scheme} ${issued.access_token}`)).toBe(200);
    expect(await list(`Bearer ${issued.access_token}`, now + 1_799_999)).toBe(200);
    expect(await list(`Bearer ${issued.access_token}`, now + 1_800_000)).toBe(401);
  });

  it('are not guessed: any altered, shortened or lengthened one is refused', async () => {
    const { access_token } = token.parse((await login({})).json);
    for (let at = 0; at < access_token.length; at++) {
      const altered = `${access_token.slice(0, at)}${access_token[at] === 'A' ? 'B' : 'A'}${access_token.slice(at + 1)}`;
      expect(await list(`Bearer ${altered}`)).toBe(401);
    }
    for (const authorization of [
      `Bearer ${access_token.slice(0, -1)}`,
      `Bearer ${access_token}A`,
      `Basic ${access_token}`,
      access_token,
      `Bearer${access_token}`,
      'Bearer ',
      '',
    ])
      expect(await list(authorization)).toBe(401);
    expect(token.parse((await login({})).json).access_token).not.toBe(access_token);
  });

  it('are refused in the documented forms', async () => {
    for (const change of [{ clientSecret: 'wrong' }, { clientSecret: '' }, { clientId: '' }]) {
      const { status, json } = await login(change);
      expect([status, chiftError.parse(json).error_code]).toEqual([401, 'ERROR_CHIFT_AUTHENTICATION_ERROR']);
    }
    const malformed = await login({ accountId: 'abc' });
    expect([malformed.status, validationError.parse(malformed.json).detail?.[0]]).toEqual([
      422,
      expect.objectContaining({ loc: ['body', 'accountId'], type: 'uuid_parsing' }),
    ]);
    expect((await login({ envId: 'ignored' })).status).toBe(200);
  });
});

describe('the routes of the sandbox', () => {
  it.each([
    ['GET', '/', 400],
    ['GET', `${contacts}/`, 400],
    ['DELETE', contacts, 405],
    ['PATCH', `${contacts}/contact-000001`, 405],
    ['GET', '/token', 405],
    ['GET', `${contacts}/a%2Fb`, 404],
    ['GET', `${contacts}/%`, 404],
    ['GET', `${contacts}/..`, 404],
    ['GET', '/consumers', 200],
    ['GET', `/consumers/${demo.consumerId}`, 200],
    ['GET', `/consumers/${demo.consumerId}/connections`, 200],
  ])('%s %s is answered %i', async (method, url, status) => {
    expect((await open()({ method, url })).status).toBe(status);
  });

  it('say which methods there are', async () => {
    const { headers, json } = await open()({ method: 'PUT', url: contacts });
    expect(headers).toContainEqual(['allow', 'GET, POST']);
    expect(json).toEqual({ detail: 'Method Not Allowed' });
  });

  it('name the consumers that were spoken to, and their connection', async () => {
    const ask = open();
    const other = '11111111-2222-4333-8444-555555555555';
    await ask({ url: `/consumers/${other}/invoicing/contacts` });
    expect((await ask({ url: '/consumers' })).json).toMatchObject([
      { consumerid: demo.consumerId, name: 'Sandbox demo' },
      { consumerid: other },
    ]);
    expect(connectionOf(other)).not.toBe(other);
    expect((await ask({ url: `/consumers/${other}/connections` })).json).toMatchObject([
      { connectionid: connectionOf(other), status: 'active' },
    ]);
  });
});

/** The documented part of a body. */
function known(body: unknown): Record<string, unknown> {
  const shape = Object.keys(contactIn.shape);
  return Object.fromEntries(
    Object.entries(body as Record<string, unknown>)
      .filter(([key]) => shape.includes(key))
      .map(([key, value]) => [key, key === 'addresses' && Array.isArray(value) ? value.map(knownAddress) : value]),
  );
}

function knownAddress(address: Record<string, unknown>): Record<string, unknown> {
  const shape = Object.keys(contactOut.shape.addresses.unwrap().unwrap().element.shape);
  return Object.fromEntries(Object.entries(address).filter(([key]) => shape.includes(key)));
}
