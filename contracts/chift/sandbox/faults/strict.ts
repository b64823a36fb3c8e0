import { header } from '../faithful.js';
import { addressesOf, type Fault, has, isObject, keptBy, refusing, textsIn } from './fault.js';

/** One value, whatever of it was left out. */
const alike = (kept: unknown, sent: unknown): boolean =>
  isObject(sent) && isObject(kept)
    ? Object.entries(sent).every(([key, value]) => alike(kept[key], value))
    : Array.isArray(sent) && Array.isArray(kept)
      ? sent.length === kept.length && sent.every((value, at) => alike(kept[at], value))
      : kept === sent;

/** Valid bodies that are refused. */
export const strictFaults: readonly Fault[] = [
  {
    name: 'refuses-null',
    finding: 'request.valid.refused',
    description: 'null is refused where the published document allows it',
    change: refusing('comment', (sent) => sent['comment'] === null),
  },
  {
    name: 'refuses-the-empty-contact',
    finding: 'request.valid.refused',
    description: 'a contact without any field is refused',
    change: refusing('first_name', (sent) => Object.values(sent).every((value) => !has(value))),
  },
  {
    name: 'requires-a-name',
    finding: 'request.valid.refused',
    description: 'a contact without last_name and company_name is refused',
    change: refusing('last_name', (sent) => !has(sent['last_name']) && !has(sent['company_name'])),
  },
  {
    name: 'refuses-no-addresses',
    finding: 'request.valid.refused',
    description: 'an empty list of addresses is refused',
    change: refusing('addresses', (sent) => Array.isArray(sent['addresses']) && sent['addresses'].length === 0),
  },
  {
    name: 'refuses-empty-text',
    finding: 'request.valid.refused',
    description: 'an empty text is refused',
    change: refusing('first_name', (sent) => Object.values(sent).includes('')),
  },
  {
    name: 'refuses-unknown-keys',
    finding: 'request.valid.refused',
    description: 'a key that is not documented is refused, though the object is open',
    change: refusing('x_unknown', (sent) => Object.keys(sent).some((key) => !known.test(key))),
  },
  {
    name: 'refuses-long-text',
    finding: 'request.valid.refused',
    description: 'texts of more than 255 characters are refused',
    change: refusing('comment', (sent) => textsIn(sent).some((text) => text.length > 255)),
  },
  {
    name: 'refuses-lower-case-countries',
    finding: 'request.valid.refused',
    description: 'a country that is not of two capitals is refused',
    change: refusing('addresses', (sent) =>
      addressesOf(sent).some(({ country }) => !/^[A-Z]{2}$/.test(String(country))),
    ),
  },
  {
    name: 'refuses-odd-emails',
    finding: 'request.valid.refused',
    description: 'an e-mail address with a plus sign is refused',
    change: refusing('email', (sent) => /\+.*@/.test(String(sent['email'] ?? ''))),
  },
  {
    name: 'refuses-early-birthdates',
    finding: 'request.valid.refused',
    description: 'birthdates before 1900 are refused',
    change: refusing('birthdate', (sent) => has(sent['birthdate']) && String(sent['birthdate']) < '1900'),
  },
  {
    name: 'refuses-a-charset',
    finding: 'request.valid.refused',
    description: 'a content type with a charset is refused',
    change: refusing('content-type', (_, { request }) => /;/.test(header(request.headers, 'content-type') ?? '')),
  },
  {
    name: 'refuses-a-second-main-address',
    finding: 'request.valid.refused',
    description: 'two addresses of one type are refused',
    change: refusing('addresses', (sent) => {
      const types = addressesOf(sent).map((address) => address['address_type']);
      return new Set(types).size < types.length;
    }),
  },
  {
    name: 'refuses-many-addresses',
    finding: 'request.valid.refused',
    description: 'more than 50 addresses are refused',
    change: refusing('addresses', (sent) => addressesOf(sent).length > 50),
  },
  {
    name: 'refuses-known-vat',
    finding: 'request.valid.refused',
    description: 'a VAT number that was sent before is refused',
    change: refusing('vat', (sent, visit) => has(sent['vat']) && keptBy(visit).some(({ vat }) => vat === sent['vat'])),
  },
  {
    name: 'refuses-the-same-again',
    finding: 'state.inconsistent',
    description: 'a contact like one that exists is refused',
    change: refusing('first_name', (sent, visit) =>
      keptBy(visit).some((contact) => Object.entries(sent).every(([key, value]) => alike(contact[key], value))),
    ),
  },
  {
    name: 'takes-what-it-refused-before',
    finding: 'state.inconsistent',
    description: 'a body that was refused is accepted when it comes again',
    change: (base) => {
      const refused = new Set<string>();
      return {
        problems(sent, visit) {
          const problems = base.problems(sent, visit);
          const body = JSON.stringify(sent);
          if (problems.length > 0 && refused.has(body)) return [];
          if (problems.length > 0) refused.add(body);
          return problems;
        },
      };
    },
  },
];

const known =
  /^(is_(prospect|customer|supplier|company)|company_(name|id|number)|(first|last)_name|email|phone|mobile|vat|currency|language|comment|(customer|supplier)_account_number|birthdate|gender|addresses)$/;
