/**
 * What a contact costs at the least: a generator written for this one shape, on a raw generator of numbers, with pooled
 * texts and all fields in a fixed order, absent ones `undefined`.
 */
export function floorContact(next: () => number): unknown {
  const bits = next();
  return {
    is_prospect: flag(next()),
    is_customer: flag(next()),
    is_supplier: flag(next()),
    is_company: flag(next()),
    company_name: text(next()),
    first_name: text(next()),
    last_name: text(next()),
    email: text(next()),
    phone: text(next()),
    mobile: text(next()),
    company_id: text(next()),
    vat: text(next()),
    company_number: text(next()),
    currency: text(next()),
    language: text(next()),
    comment: text(next()),
    customer_account_number: text(next()),
    supplier_account_number: text(next()),
    birthdate: bits & 1 ? days[next() & 255] : null,
    gender: genders[(bits >>> 1) & 3],
    addresses: bits & 8 ? Array.from({ length: (bits >>> 4) & 3 }, () => floorAddress(next)) : null,
  };
}

function floorAddress(next: () => number): unknown {
  return {
    address_type: types[next() & 3],
    name: text(next()),
    number: text(next()),
    box: text(next()),
    phone: text(next()),
    mobile: text(next()),
    email: text(next()),
    street: pool[next() & 511],
    city: pool[next() & 511],
    postal_code: pool[next() & 511],
    country: pool[next() & 511],
  };
}

const genders = ['H', 'F', 'N/A', null];
const types = ['main', 'delivery', 'invoice', 'other'];
const pool = Array.from({ length: 512 }, (_, at) => `Text ${at} ${'é'.repeat(at % 20)}`);
const days = Array.from({ length: 256 }, (_, at) => new Date(at * 1e10).toISOString().slice(0, 10));

function flag(bits: number): boolean | null | undefined {
  return bits & 4 ? (bits & 1) === 1 : bits & 2 ? null : undefined;
}

function text(bits: number): string | null | undefined {
  return bits & 2048 ? pool[bits & 511] : bits & 1024 ? null : undefined;
}

/** xorshift32. */
export function rawGenerator(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
