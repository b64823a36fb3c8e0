import { closeSync, openSync, writeSync } from 'node:fs';
import { contactOut } from '../contracts/chift/index.js';

const url = 'https://api.example.com/consumers/6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3/invoicing/contacts';
const headers = [
  ['content-type', 'application/json'],
  ['date', 'Tue, 04 Mar 2025 10:00:00 GMT'],
] as const;

/** A person or a company as the provider answers: every field there, many of them null. */
export function contactAt(index: number) {
  const sent = {
    is_customer: index % 2 === 0,
    is_company: index % 3 === 0,
    company_name: `Company number ${index}`,
    last_name: `Müller-${index}`,
    email: `someone.${index}@mail.example`,
    vat: `BE0${String(index).padStart(9, '0')}`,
    birthdate: '1990-01-31',
    gender: 'F',
    addresses: [{ address_type: 'main', street: `Street ${index}`, city: 'Gent', postal_code: '9000', country: 'BE' }],
  };
  const nulls = Object.fromEntries(Object.keys(contactOut.shape).map((key) => [key, null]));
  const blank = { name: null, number: null, box: null, phone: null, mobile: null, email: null };
  const addresses = sent.addresses.map((address) => ({ ...blank, ...address }));
  const source = { id: String(index), model: 'contact' };
  return { sent, came: { ...nulls, ...sent, addresses, id: `contact-${index}`, source_ref: source } };
}

/** The create of contact number `index` as a line of NDJSON. */
export function recordedLine(index: number): string {
  const { sent, came } = contactAt(index);
  const request = { method: 'POST', url, headers, body: sent };
  return `${JSON.stringify({ request, response: { status: 200, headers, body: came } })}\n`;
}

const named = headers.map(([name, value]) => ({ name, value }));

/** The same as an entry of a HAR. */
export function recordedEntry(index: number): string {
  const { sent, came } = contactAt(index);
  return JSON.stringify({
    time: 12,
    request: { method: 'POST', url, headers: named, postData: { text: JSON.stringify(sent) } },
    response: { status: 200, headers: named, content: { text: JSON.stringify(came) } },
  });
}

/** What stands around the entries of a HAR. */
export const harFrame = [
  '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[',
  ']}}',
] as const;

/** Writes pieces by number until `isEnough` of how many there are and how many bytes they take; asked after every 1,000. */
export function writeRecording(
  path: string,
  piece: (index: number) => string,
  isEnough: (count: number, size: number) => boolean,
  [start, end]: readonly [string, string] = ['', ''],
): void {
  const file = openSync(path, 'w');
  let size = writeSync(file, start);
  for (let index = 0; !isEnough(index, size); ) {
    const chunk: string[] = [];
    for (let count = 0; count < 1000; count++) chunk.push(piece(index++));
    size += writeSync(file, chunk.join(''));
  }
  writeSync(file, end);
  closeSync(file);
}
