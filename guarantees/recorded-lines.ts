import { appendFileSync } from 'node:fs';
import { demo } from '../contracts/chift/index.js';

const request = {
  method: 'POST',
  url: `https://api.chift.eu/consumers/${demo.consumerId}/invoicing/contacts`,
  headers: { 'content-type': 'application/json' },
  body: { first_name: 'Zoë' },
};

/** Adds so many recorded creates to an NDJSON file; every hundredth answer lacks what it must have. */
export function recordCreates(file: string, count: number): void {
  const chunk = 5_000;
  for (let done = 0; done < count; done += chunk) {
    const lines = Array.from({ length: Math.min(chunk, count - done) }, (_, at) => lineOf(done + at));
    appendFileSync(file, lines.join(''));
  }
}

function lineOf(number: number): string {
  const body = {
    id: `c-${number}`,
    ...(number % 100 === 7 ? {} : { source_ref: { id: '1', model: 'm' } }),
    first_name: 'Zoë',
  };
  return `${JSON.stringify({ request, response: { status: 200, headers: { 'content-type': 'application/json' }, body } })}\n`;
}
