import { exampleOf, HarnessError, type ProviderCall, type StateHandler, toWire } from '../../../src/index.js';
import { type ContactIn, contactIn, contactOut } from '../contact.js';
import { createContact } from '../endpoints.js';
import { exampleConsumer, stateNames } from './interactions.js';

/**
 * Brings the provider states about with nothing but the contract itself, so that they hold at the sandbox and at
 * Chift alike: `consumerId` takes the place of the example consumer, and a contact that must exist is created.
 */
export function contactStates(call: ProviderCall, consumerId: string = exampleConsumer): StateHandler {
  const existing = async (body: ContactIn) => ({
    consumer_id: consumerId,
    contact_id: await newContact(call, consumerId, body),
  });
  const states: Readonly<Record<string, (params: Shaping) => Promise<Record<string, string>>>> = {
    [stateNames.active]: async () => ({ consumer_id: consumerId }),
    [stateNames.contact]: () => existing(ada),
    [stateNames.shaped]: (params) => existing(shaped(params)),
    [stateNames.noContact]: async () => ({ consumer_id: consumerId }),
    [stateNames.noConsumer]: async () => ({}),
  };
  return async ({ name, params = {} }) => {
    const bringAbout = states[name];
    if (bringAbout === undefined)
      throw new HarnessError('inconclusive', `nobody said how to bring it about; known are: ${known}`);
    return bringAbout(params);
  };
}

const known = Object.values(stateNames).join(', ');

const ada: ContactIn = { first_name: 'Ada', last_name: 'Lovelace' };

/** Names of fields, joined by commas. */
type Shaping = Readonly<Record<string, string>>;

/** A contact with the named fields given, null or left out, as far as a contact is created with them. */
function shaped({ with: given = '', null: nulls = '', without = '' }: Shaping): ContactIn {
  const every = exampleOf(toWire(contactIn, 'ContactItemIn'), { optional: 'present' }) as Record<string, unknown>;
  const named = (names: string) => new Set(names.split(',').filter((name) => Object.hasOwn(every, name)));
  const values = (names: string, value: (name: string) => unknown) =>
    Object.fromEntries([...named(names)].map((name) => [name, value(name)]));
  const body = { ...ada, ...values(given, (name) => every[name]), ...values(nulls, () => null) };
  return Object.fromEntries(Object.entries(body).filter(([name]) => !named(without).has(name)));
}

async function newContact(call: ProviderCall, consumerId: string, body: ContactIn): Promise<string> {
  const { status, json } = await call(createContact.id, { params: { consumer_id: consumerId }, body });
  const read = contactOut.safeParse(json);
  if (status === 200 && read.success) return read.data.id;
  throw new HarnessError('inconclusive', `creating the contact was answered with ${status}`);
}
