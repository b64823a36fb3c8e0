import { defineContract } from '../../src/index.js';
import { deviations } from './deviations.js';
import { endpoints } from './endpoints.js';
import { provider } from './provider.js';
import { publishedVersion } from './source.js';
import { statuses } from './statuses.js';

export { addressIn, addressOut, addressType } from './address.js';
export {
  edgeContact,
  edgeContactOut,
  invalidContact,
  invalidContactOut,
  validContact,
  validContactOut,
} from './arbitraries.js';
export { type ContactIn, type ContactOut, contactIn, contactOut, contactPage, gender, ref } from './contact.js';
export { createContact, createToken, getContact, getTransaction, listContacts } from './endpoints.js';
export { chiftError, unprocessable, validationEntry, validationError } from './error.js';
export {
  demo,
  listFaults,
  listVariations,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from './sandbox/index.js';
export { authItem, token } from './token.js';

/** Chift's create-contact and its neighbours. */
export const contract = defineContract({
  name: 'chift/contacts',
  version: publishedVersion,
  endpoints,
  statuses,
  deviations,
  provider,
});
