import { HarnessError, type ProviderCall, type StateHandler } from '../../../src/index.js';
import { contactOut } from '../contact.js';
import { createContact } from '../endpoints.js';
import { exampleConsumer, stateNames } from './interactions.js';

/**
 * Brings the provider states about with nothing but the contract itself, so that they hold at the sandbox and at
 * Chift alike: `consumerId` takes the place of the example consumer, and a contact that must exist is created.
 */
export function contactStates(call: ProviderCall, consumerId: string = exampleConsumer): StateHandler {
  const states: Readonly<Record<string, () => Promise<Record<string, string>>>> = {
    [stateNames.active]: async () => ({ consumer_id: consumerId }),
    [stateNames.contact]: async () => ({ consumer_id: consumerId, contact_id: await newContact(call, consumerId) }),
    [stateNames.noContact]: async () => ({ consumer_id: consumerId }),
    [stateNames.noConsumer]: async () => ({}),
  };
  return async ({ name }) => {
    const bringAbout = states[name];
    if (bringAbout === undefined)
      throw new HarnessError('inconclusive', `nobody said how to bring it about; known are: ${known}`);
    return bringAbout();
  };
}

const known = Object.values(stateNames).join(', ');

async function newContact(call: ProviderCall, consumerId: string): Promise<string> {
  const { status, json } = await call(createContact.id, {
    params: { consumer_id: consumerId },
    body: { first_name: 'Ada', last_name: 'Lovelace' },
  });
  const read = contactOut.safeParse(json);
  if (status === 200 && read.success) return read.data.id;
  throw new HarnessError('inconclusive', `creating the contact was answered with ${status}`);
}
