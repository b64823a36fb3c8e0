import { addressesOf, crashingOn, type Fault, type Json, saying, whenMade, withAddresses } from './fault.js';

const has = (sent: Json, field: string): boolean => sent[field] !== undefined && sent[field] !== null;
const failure = 'response.status.server-error';

/** Breaches that show on particular values only, or on particular values together. */
export const conditionalFaults: readonly Fault[] = [
  {
    name: 'crash-on-emoji',
    finding: failure,
    description: 'a character beyond the basic plane is answered 500',
    change: crashingOn(saying(/[\u{10000}-\u{10ffff}]/u)),
  },
  {
    name: 'crash-on-accents',
    finding: failure,
    description: 'an accented letter is answered 500',
    change: crashingOn(saying(/[à-ÿ]/)),
  },
  {
    name: 'crash-on-right-to-left',
    finding: failure,
    description: 'Hebrew and Arabic are answered 500',
    change: crashingOn(saying(/[\u0590-\u06ff]/)),
  },
  {
    name: 'crash-on-apostrophe',
    finding: failure,
    description: 'an apostrophe is answered 500',
    change: crashingOn(saying(/'/)),
  },
  {
    name: 'crash-on-backslash',
    finding: failure,
    description: 'a backslash is answered 500',
    change: crashingOn(saying(/\\/)),
  },
  {
    name: 'crash-on-percent',
    finding: failure,
    description: 'a percent sign in a comment is answered 500',
    change: crashingOn(({ comment }) => typeof comment === 'string' && comment.includes('%')),
  },
  {
    name: 'crash-on-nul',
    finding: failure,
    description: 'the character NUL is answered 500',
    change: crashingOn(saying(/\u0000/)),
  },
  {
    name: 'crash-on-empty-text',
    finding: failure,
    description: 'an empty name is answered 500',
    change: crashingOn(({ first_name }) => first_name === ''),
  },
  {
    name: 'crash-on-null',
    finding: failure,
    description: 'null for the addresses is answered 500',
    change: crashingOn(({ addresses }) => addresses === null),
  },
  {
    name: 'crash-on-long-text',
    finding: failure,
    description: 'a text of more than 32,767 characters is answered 500',
    change: crashingOn((sent) =>
      Object.values(sent).some((value) => typeof value === 'string' && value.length > 32_767),
    ),
  },
  {
    name: 'crash-on-many-addresses',
    finding: failure,
    description: 'a hundred addresses are answered 500',
    change: crashingOn((sent) => addressesOf(sent).length >= 100),
  },
  {
    name: 'crash-on-leap-day',
    finding: failure,
    description: 'a birthdate on 29 February is answered 500',
    change: crashingOn(({ birthdate }) => String(birthdate).endsWith('-02-29')),
  },
  {
    name: 'crash-on-last-day',
    finding: failure,
    description: 'a birthdate in the year 9999 is answered 500',
    change: crashingOn(({ birthdate }) => String(birthdate).startsWith('9999-')),
  },
  {
    name: 'crash-before-epoch',
    finding: failure,
    description: 'a birthdate before 1970 is answered 500',
    change: crashingOn(({ birthdate }) => typeof birthdate === 'string' && birthdate < '1970'),
  },
  {
    name: 'crash-without-main-address',
    finding: failure,
    description: 'addresses without a main one are answered 500',
    change: crashingOn((sent) => {
      const addresses = addressesOf(sent);
      return addresses.length > 0 && !addresses.some(({ address_type }) => address_type === 'main');
    }),
  },
  {
    name: 'crash-on-nameless-company',
    finding: failure,
    description: 'a company without a company name is answered 500',
    change: crashingOn((sent) => sent['is_company'] === true && !has(sent, 'company_name')),
  },
  {
    name: 'crash-on-number-without-vat',
    finding: failure,
    description: 'a company number without a VAT number is answered 500',
    change: crashingOn((sent) => has(sent, 'company_number') && !has(sent, 'vat')),
  },
  {
    name: 'crash-on-nameless-contact',
    finding: failure,
    description: 'a contact without first, last and company name is answered 500',
    change: crashingOn((sent) => !['first_name', 'last_name', 'company_name'].some((field) => has(sent, field))),
  },
  {
    name: 'crash-on-prospect-and-supplier',
    finding: failure,
    description: 'who is a prospect and a supplier is answered 500',
    change: crashingOn((sent) => sent['is_prospect'] === true && sent['is_supplier'] === true),
  },
  {
    name: 'drops-phone-of-later-addresses',
    finding: 'echo.dropped',
    description: 'addresses after the first lose their phone number',
    change: whenMade((contact) =>
      withAddresses(contact, (addresses) =>
        addresses.map((address, at) => (at === 0 ? address : { ...address, phone: null })),
      ),
    ),
  },
  {
    name: 'drops-box-without-number',
    finding: 'echo.dropped',
    description: 'the box of an address is lost when the address has no number',
    change: whenMade((contact) =>
      withAddresses(contact, (addresses) =>
        addresses.map((address) => (has(address, 'number') ? address : { ...address, box: null })),
      ),
    ),
  },
  {
    name: 'drops-names-of-companies',
    finding: 'echo.dropped',
    description: 'a company loses its first name',
    change: whenMade((contact) => (contact['is_company'] === true ? { ...contact, first_name: null } : contact)),
  },
  {
    name: 'drops-supplier-of-customers',
    finding: 'echo.altered',
    description: 'who is a customer and a supplier comes back as no supplier',
    change: whenMade((contact) =>
      contact['is_customer'] === true && contact['is_supplier'] === true ? { ...contact, is_supplier: false } : contact,
    ),
  },
  {
    name: 'drops-50th-address',
    finding: 'echo.dropped',
    description: 'addresses after the 50th are lost',
    change: whenMade((contact) => withAddresses(contact, (addresses) => addresses.slice(0, 50))),
  },
  {
    name: 'crash-on-quote-in-second-address',
    finding: failure,
    description: 'a double quote in the street of the second address is answered 500',
    change: crashingOn((sent) => String(addressesOf(sent)[1]?.['street'] ?? '').includes('"')),
  },
  {
    name: 'crash-on-emoji-in-third-address',
    finding: failure,
    description: 'a character beyond the basic plane in the city of the third address is answered 500',
    change: crashingOn((sent) => /[\ud800-\udbff]/.test(String(addressesOf(sent)[2]?.['city'] ?? ''))),
  },
  {
    name: 'crash-on-template-marks',
    finding: failure,
    description: 'a text with the marks of a template, a dollar and a brace, is answered 500',
    change: crashingOn(saying(/\$\{/)),
  },
];
