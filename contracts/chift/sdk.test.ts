import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { API } from '@chift/chift-nodejs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRedactor, type Exchange, type RecordingProxy, startRecordingProxy, toHar } from '../../src/index.js';
import { type ContactIn, contactOut } from './contact.js';
import { demo, type Sandbox, startSandbox } from './sandbox/index.js';

const folder = fileURLToPath(new URL('recordings', import.meta.url));
const shipped = `${folder}/sdk.har`;

const person = {
  first_name: 'Zoé',
  last_name: 'Peeters',
  is_customer: true,
  email: 'zoe.peeters@example.org',
  birthdate: '1984-02-29',
  gender: 'F',
  addresses: [],
} as const satisfies ContactIn;
const company = {
  company_name: 'Brouwerij De Koning & Zoon',
  is_company: true,
  is_supplier: true,
  vat: 'BE0123456700',
  currency: 'EUR',
  addresses: [
    {
      address_type: 'main',
      street: 'Rue de l’Église',
      number: '12',
      postal_code: '4000',
      city: 'Liège',
      country: 'BE',
    },
    { address_type: 'delivery', street: 'Kaai', number: '3b', postal_code: '9000', city: 'Gent', country: 'BE' },
  ],
} as const satisfies ContactIn;

/** Chift's own client, as it comes from the registry, sees nothing of the proxy between it and the provider. */
describe('the official Node SDK against the sandbox', () => {
  const exchanges: Exchange[] = [];
  let sandbox: Sandbox;
  let proxy: RecordingProxy;
  let consumer: Awaited<ReturnType<API['Consumers']['getConsumerById']>>;

  beforeAll(async () => {
    sandbox = await startSandbox();
    proxy = await startRecordingProxy(new URL(sandbox.url), (exchange) => exchanges.push(exchange));
    const client = new API({ baseUrl: proxy.url, ...demo.credentials });
    consumer = await client.Consumers.getConsumerById(demo.consumerId);
  });
  afterAll(async () => {
    await proxy.close();
    await sandbox.close();
  });

  const created: string[] = [];

  it('finds its consumer', () => expect(consumer.consumerId).toBe(demo.consumerId));

  it('creates a person', async () => {
    const contact = contactOut.parse(await consumer.invoicing.createContact(person, { clientRequestId: 'sdk-person' }));
    expect(contact).toMatchObject(person);
    created.push(contact.id);
  });

  it('creates a company with its addresses', async () => {
    const contact = contactOut.parse(
      await consumer.invoicing.createContact(company, { clientRequestId: 'sdk-company' }),
    );
    expect(contact).toMatchObject(company);
    expect(contact.id).not.toBe(created[0]);
    created.push(contact.id);
  });

  it('is refused when it creates the same once more', async () => {
    const again = consumer.invoicing.createContact(company, { clientRequestId: 'sdk-company' });
    await expect(again).rejects.toMatchObject({ error: { status_code: 409, status: 'error' } });
  });

  it('reads one of them', async () => {
    expect(await consumer.invoicing.getContactById(created[1]!)).toMatchObject({ id: created[1], ...company });
  });

  it('lists both, each once', async () => {
    const contacts = await consumer.invoicing.getContacts();
    expect(contacts.map(({ id }) => id)).toEqual(created);
  });

  it('learns what became of a request', async () => {
    await consumer.setConnectionId(demo.connectionId);
    const transaction = await consumer.getTransactionByClientRequestId(demo.connectionId, {
      client_request_id: 'sdk-company',
    });
    expect(transaction).toMatchObject({ created_entity_id: created[1], status_code: 200 });
  });

  it('leaves the traffic that the shipped recording shows', () => {
    const har = recordingOf(exchanges, sandbox.url);
    if (process.env['RECORD'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(shipped, har);
    }
    expect(shapeOf(readFileSync(shipped, 'utf8'))).toEqual(shapeOf(har));
  });

  it('keeps no secret in the shipped recording', () => {
    const text = readFileSync(shipped, 'utf8');
    expect(text).not.toContain(demo.credentials.clientSecret);
    expect(text).not.toMatch(/eyJ[\w-]+\./);
  });
});

/** Host and port of this run are taken out: they say nothing, and change every time. */
function recordingOf(exchanges: readonly Exchange[], origin: string): string {
  const { host } = new URL(origin);
  const redactor = createRedactor([demo.credentials.clientSecret]);
  const shown = exchanges.map(({ request, ...rest }) =>
    redactor.exchange({
      ...rest,
      request: {
        ...request,
        url: request.url.replace(origin, 'http://sandbox.localhost'),
        headers: request.headers.map(([name, value]) => [name, value === host ? 'sandbox.localhost' : value]),
      },
    }),
  );
  return toHar(shown, { creator: { name: 'chift-contract', version: '1' }, startedAt: '2026-08-24T09:00:00.000Z' });
}

interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: {
        readonly method: string;
        readonly url: string;
        readonly postData?: { readonly text: string };
      };
      readonly response: { readonly status: number; readonly content: { readonly text: string } };
    }[];
  };
}

/** What two recordings of the same calls have in common: paths without ids, statuses, and the fields of the bodies. */
function shapeOf(text: string): unknown {
  return (JSON.parse(text) as Har).log.entries.map(({ request, response }) => ({
    call: `${request.method} ${request.url.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}').replace(/(contacts\/)[^/?]+/, '$1{id}')}`,
    status: response.status,
    sent: fieldsOf(request.postData?.text),
    came: fieldsOf(response.content.text),
  }));
}

const fieldsOf = (text: string | undefined): string[] =>
  text === undefined ? [] : Object.keys(JSON.parse(text) as object);
