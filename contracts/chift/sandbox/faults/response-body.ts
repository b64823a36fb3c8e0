import { type Fault, inAnswer } from './fault.js';

/** Answers that break the published schema. */
export const responseBodyFaults: readonly Fault[] = [
  {
    name: 'id-missing',
    finding: 'response.body.required',
    description: 'the answer to a create has no id',
    change: inAnswer('createContact', ({ id: _, ...rest }) => rest),
  },
  {
    name: 'source-ref-null',
    finding: 'response.body.null',
    description: 'source_ref is null in a contact that is read',
    change: inAnswer('getContact', (body) => ({ ...body, source_ref: null })),
  },
  {
    name: 'id-number',
    finding: 'response.body.type',
    description: 'the id of a new contact is a number',
    change: inAnswer('createContact', (body) => ({ ...body, id: Number(String(body['id']).replace(/\D/g, '')) })),
  },
];
