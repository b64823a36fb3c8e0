import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedBy, slipsOf } from './projection.js';

const answer = {
  id: 'contact-1',
  company_id: 'company-2',
  first_name: 'Ada 3',
  is_company: true,
  is_customer: true,
  total: 1,
  addresses: [{ street: 'Main Street 4', box: 'A 5' }],
  source_ref: { id: 'reference-6' },
};
const told = (carried: ReturnType<typeof carriedBy>) => carried.map(({ from, to }) => `${from} → ${to}`).sort();

describe('what a client hands on', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, []],
    ['one value', 'contact-1', ['/id → ']],
    [
      'renamed fields',
      { firstName: 'Ada 3', isCompany: true },
      ['/first_name → /firstName', '/is_company → /isCompany'],
    ],
    ['a flattened object', { sourceRefId: 'reference-6' }, ['/source_ref/id → /sourceRefId']],
    ['items that keep their places', { streets: ['Main Street 4'] }, ['/addresses/*/street → /streets/*']],
    ['one item of a list', { street: 'Main Street 4' }, ['/addresses/0/street → /street']],
    ['values of its own', { flag: true, one: 1, other: 'of its own' }, []],
  ])('is read off for %s', (_, result, expected) => {
    expect(told(carriedBy(answer, result))).toEqual(expected);
  });

  it('is every place of an answer that comes back as it is', () => {
    expect(carriedBy(answer, structuredClone(answer))).toHaveLength(9);
  });
});

describe('a slip', () => {
  const client = (contact: typeof answer) => ({
    name: contact.first_name,
    isCompany: contact.is_company,
    streets: contact.addresses.map(({ street }) => street),
    boxes: contact.addresses.slice(0, 1).map(({ box }) => box),
  });
  const carried = carriedBy(answer, client(answer));
  const slips = (changed: unknown, result: unknown) =>
    slipsOf(carried, changed, result).map(({ pointer, loss }) => `${loss} ${pointer}`);

  it('is none for whatever answer, when the client hands on what it always does', () => {
    const text = fc.string();
    const contact = fc.record({
      first_name: fc.option(text),
      is_company: fc.option(fc.boolean()),
      addresses: fc.array(fc.record({ street: text, box: fc.option(text) }), { maxLength: 1 }),
      more: fc.jsonValue(),
    });
    fc.assert(
      fc.property(contact, (changed) => {
        expect(slips(changed, client(changed as never))).toEqual([]);
      }),
      { seed: 1 },
    );
  });

  it.each<[string, unknown, unknown, string[]]>([
    ['a value that is gone', answer, { ...client(answer), name: null }, ['lost /first_name']],
    ['a value that is another', answer, { ...client(answer), name: 'Eve' }, ['altered /first_name']],
    ['a false that became true', { ...answer, is_company: false }, client(answer), ['altered /is_company']],
    [
      'a null told as text',
      { ...answer, first_name: null },
      { ...client(answer), name: 'null' },
      ['invented /first_name'],
    ],
    [
      'every item but the first',
      { ...answer, addresses: [...answer.addresses, { street: 'B', box: 'b' }, { street: 'C', box: 'c' }] },
      { ...client(answer), streets: ['Main Street 4', 'B', 'C'] },
      ['lost /addresses/1/box', 'lost /addresses/2/box'],
    ],
  ])('is %s', (_, changed, result, expected) => {
    expect(slips(changed, result)).toEqual(expected);
  });

  it.each([null, undefined, '', false, 0, [], {}])('is no default %j where nothing was answered', (value) => {
    expect(slips({ ...answer, first_name: null }, { ...client(answer), name: value })).toEqual([]);
  });
});
