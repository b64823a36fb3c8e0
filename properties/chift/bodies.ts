import type { ContactIn } from '../../contracts/chift/index.js';

/** A person who is told apart from the others by `mark`; nothing in it is anybody's. */
export function person(mark: string): ContactIn {
  return {
    is_company: false,
    first_name: `Ada ${mark}`,
    last_name: 'Example',
    email: `ada.${mark.toLowerCase()}@example.com`,
    birthdate: '1990-02-28',
    gender: 'F',
    addresses: [{ address_type: 'main', street: 'Main Street', city: 'Brussels', postal_code: '01000', country: 'BE' }],
  };
}

/** A company with an address of each kind. */
export function company(mark: string): ContactIn {
  const address = { street: 'Market Square', city: 'Ghent', postal_code: '09000', country: 'BE' };
  return {
    is_company: true,
    is_customer: true,
    company_name: `Example ${mark} NV`,
    vat: 'BE0000000000',
    currency: 'EUR',
    language: 'nl',
    addresses: (['main', 'delivery', 'invoice'] as const).map((address_type, at) => ({
      ...address,
      address_type,
      number: String(at + 1),
    })),
  };
}
