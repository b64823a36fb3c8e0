import { Buffer } from 'node:buffer';
import { type Fault, inAnswer, type Json, whenMade, withAddresses, withField, withTexts } from './fault.js';

const day = 86_400_000;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Rewrites every text of every contact that is made. */
const rewriting = (rewrite: (value: string) => string | null) => whenMade((contact) => withTexts(contact, rewrite));

const inEachAddress = (rewrite: (address: Json) => Json) =>
  whenMade((contact) => withAddresses(contact, (addresses) => addresses.map(rewrite)));

/** Contacts that come back other than they were sent; the schema allows every one of them. */
export const echoFaults: readonly Fault[] = [
  {
    name: 'drops-mobile',
    finding: 'echo.dropped',
    description: 'the mobile number is lost',
    change: whenMade((contact) => ({ ...contact, mobile: null })),
  },
  {
    name: 'drops-later-addresses',
    finding: 'echo.dropped',
    description: 'only the first address is kept',
    change: whenMade((contact) => withAddresses(contact, (addresses) => addresses.slice(0, 1))),
  },
  {
    name: 'drops-address-box',
    finding: 'echo.dropped',
    description: 'the box of an address is lost',
    change: inEachAddress((address) => ({ ...address, box: null })),
  },
  {
    name: 'drops-false',
    finding: 'echo.dropped',
    description: 'false comes back as null',
    change: whenMade((contact) => ({ ...contact, is_supplier: contact['is_supplier'] || null })),
  },
  {
    name: 'drops-empty-text',
    finding: 'echo.dropped',
    description: 'an empty text comes back as null',
    change: rewriting((value) => value || null),
  },
  {
    name: 'reads-null-in-text',
    finding: 'echo.dropped',
    description: 'the text "null" comes back as null',
    change: rewriting((value) => (value === 'null' ? null : value)),
  },
  {
    name: 'drops-gender-n-a',
    finding: 'echo.dropped',
    description: 'gender N/A comes back as null',
    change: whenMade((contact) => withField(contact, 'gender', (gender) => (gender === 'N/A' ? null : gender))),
  },
  {
    name: 'trims',
    finding: 'echo.normalised',
    description: 'spaces at both ends of a text are lost',
    change: rewriting((value) => value.trim()),
  },
  {
    name: 'upper-cases-last-name',
    finding: 'echo.normalised',
    description: 'last names come back in capitals',
    change: whenMade((contact) => withField(contact, 'last_name', (name) => name.toUpperCase())),
  },
  {
    name: 'upper-cases-country',
    finding: 'echo.normalised',
    description: 'country codes come back in capitals',
    change: inEachAddress((address) => ({ ...address, country: text(address['country']).toUpperCase() })),
  },
  {
    name: 'lower-cases-email',
    finding: 'echo.normalised',
    description: 'e-mail addresses come back in small letters',
    change: whenMade((contact) => withField(contact, 'email', (email) => email.toLowerCase())),
  },
  {
    name: 'strips-vat-punctuation',
    finding: 'echo.normalised',
    description: 'spaces and dots in a VAT number are lost',
    change: whenMade((contact) => withField(contact, 'vat', (vat) => vat.replace(/[\s.]/g, ''))),
  },
  {
    name: 'composes-characters',
    finding: 'echo.normalised',
    description: 'a letter and its accent come back as one character',
    change: rewriting((value) => value.normalize('NFC')),
  },
  {
    name: 'unix-line-ends',
    finding: 'echo.normalised',
    description: 'CR LF comes back as LF',
    change: rewriting((value) => value.replaceAll('\r\n', '\n')),
  },
  {
    name: 'swaps-names',
    finding: 'echo.altered',
    description: 'first and last name are exchanged',
    change: whenMade((contact) => ({ ...contact, first_name: contact['last_name'], last_name: contact['first_name'] })),
  },
  {
    name: 'swaps-street-and-city',
    finding: 'echo.altered',
    description: 'street and city of an address are exchanged',
    change: inEachAddress((address) => ({ ...address, street: address['city'], city: address['street'] })),
  },
  {
    name: 'swaps-account-numbers',
    finding: 'echo.dropped',
    description: 'the account numbers of sales and purchases are exchanged',
    change: whenMade((contact) => ({
      ...contact,
      customer_account_number: contact['supplier_account_number'],
      supplier_account_number: contact['customer_account_number'],
    })),
  },
  {
    name: 'truncates-at-255',
    finding: 'echo.altered',
    description: 'texts are cut after 255 characters',
    change: rewriting((value) => value.slice(0, 255)),
  },
  {
    name: 'truncates-comment-at-1024',
    finding: 'echo.altered',
    description: 'comments are cut after 1,024 characters',
    change: whenMade((contact) => withField(contact, 'comment', (comment) => comment.slice(0, 1024))),
  },
  {
    name: 'mojibake',
    finding: 'echo.altered',
    description: 'UTF-8 is read as latin-1: é comes back as Ã©',
    change: rewriting((value) => Buffer.from(value, 'utf8').toString('latin1')),
  },
  {
    name: 'strips-accents',
    finding: 'echo.altered',
    description: 'é comes back as e',
    change: rewriting((value) => value.normalize('NFD').replace(/\p{Mn}/gu, '')),
  },
  {
    name: 'strips-emoji',
    finding: 'echo.altered',
    description: 'characters beyond the basic plane are lost',
    change: rewriting((value) => value.replace(/[\u{10000}-\u{10ffff}]/gu, '')),
  },
  {
    name: 'strips-control-characters',
    finding: 'echo.altered',
    description: 'control characters are lost',
    change: rewriting((value) => value.replace(/[\u0000-\u0008\u000e-\u001f]/g, '')),
  },
  {
    name: 'escapes-html',
    finding: 'echo.altered',
    description: '& and < come back as entities',
    change: rewriting((value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  },
  {
    name: 'doubles-apostrophes',
    finding: 'echo.altered',
    description: 'an apostrophe comes back twice',
    change: rewriting((value) => value.replaceAll("'", "''")),
  },
  {
    name: 'strips-leading-zeros',
    finding: 'echo.altered',
    description: 'postal code 01000 comes back as 1000',
    change: inEachAddress((address) => ({
      ...address,
      postal_code: text(address['postal_code']).replace(/^0+(?=\d+$)/, ''),
    })),
  },
  {
    name: 'rounds-account-numbers',
    finding: 'echo.altered',
    description: 'account numbers of digits pass through a double',
    change: whenMade((contact) =>
      withField(contact, 'customer_account_number', (number) =>
        /^\d+$/.test(number) ? String(Number(number)) : number,
      ),
    ),
  },
  {
    name: 'birthdate-a-day-early',
    finding: 'echo.altered',
    description: 'birthdates move by a day, as between time zones',
    change: whenMade((contact) =>
      withField(contact, 'birthdate', (date) =>
        Date.parse(date) > Date.parse('0001-01-02')
          ? new Date(Date.parse(date) - day).toISOString().slice(0, 10)
          : date,
      ),
    ),
  },
  {
    name: 'birthdate-two-digit-year',
    finding: 'echo.altered',
    description: 'the century of a birthdate is guessed',
    change: whenMade((contact) =>
      withField(contact, 'birthdate', (date) => `${Number(date.slice(2, 4)) > 30 ? '19' : '20'}${date.slice(2)}`),
    ),
  },
  {
    name: 'birthdate-month-and-day-swapped',
    finding: 'echo.altered',
    description: 'month and day are exchanged where both readings are possible',
    change: whenMade((contact) =>
      withField(contact, 'birthdate', (date) => date.replace(/^(\d{4})-(\d\d)-(0\d|1[0-2])$/, '$1-$3-$2')),
    ),
  },
  {
    name: 'sorts-addresses',
    finding: 'echo.altered',
    description: 'addresses come back in the order of their types',
    change: whenMade((contact) =>
      withAddresses(contact, (addresses) =>
        [...addresses].sort((a, b) => (text(a['address_type']) < text(b['address_type']) ? -1 : 1)),
      ),
    ),
  },
  {
    name: 'defaults-currency',
    finding: 'echo.invented',
    description: 'a contact without a currency gets EUR',
    change: whenMade((contact) => ({ ...contact, currency: contact['currency'] ?? 'EUR' })),
  },
  {
    name: 'defaults-flags',
    finding: 'echo.invented',
    description: 'a contact that is nothing else becomes a customer',
    change: whenMade((contact) => ({ ...contact, is_customer: contact['is_customer'] ?? true })),
  },
  {
    name: 'invents-delivery-address',
    finding: 'echo.invented',
    description: 'the main address comes back a second time as delivery address',
    change: whenMade((contact) =>
      withAddresses(contact, (addresses) =>
        addresses.length === 1 && addresses[0]!['address_type'] === 'main'
          ? [...addresses, { ...addresses[0], address_type: 'delivery' }]
          : addresses,
      ),
    ),
  },
  {
    name: 'shares-phone',
    finding: 'echo.invented',
    description: 'a contact without a mobile number gets its phone number',
    change: whenMade((contact) => ({ ...contact, mobile: contact['mobile'] ?? contact['phone'] })),
  },
  {
    name: 'reads-other-comment',
    finding: 'echo.altered',
    description: 'the comment that is read is not the one that was answered',
    change: inAnswer('getContact', (body) => (body['comment'] ? { ...body, comment: `${body['comment']} (2)` } : body)),
  },
  {
    name: 'reads-no-addresses',
    finding: 'echo.dropped',
    description: 'a contact is read without its addresses',
    change: inAnswer('getContact', (body) => ({ ...body, addresses: [] })),
  },
  {
    name: 'reads-other-source-ref',
    finding: 'echo.altered',
    description: 'the source_ref that is read is not the one that was answered',
    change: inAnswer('getContact', (body) => ({
      ...body,
      source_ref: { ...(body['source_ref'] as Json), model: 'client' },
    })),
  },
  {
    name: 'undoes-entities',
    finding: 'echo.altered',
    description: '&amp; comes back as &',
    change: rewriting((value) => value.replaceAll('&amp;', '&')),
  },
  {
    name: 'undoes-escapes',
    finding: 'echo.altered',
    description: 'a backslash before n comes back as a line end',
    change: rewriting((value) => value.replaceAll('\\n', '\n')),
  },
];
