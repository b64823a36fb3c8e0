import fc from 'fast-check';
import { z } from 'zod';
import { ZodFastCheck } from 'zod-fast-check';

/** The contact as a team on zod 3 writes it. The day is a plain string: zod-fast-check cannot make one. */
const text = z.string().nullish();
const address = z.object({
  address_type: z.enum(['main', 'delivery', 'invoice', 'other']),
  name: text,
  number: text,
  box: text,
  phone: text,
  mobile: text,
  email: text,
  street: z.string(),
  city: z.string(),
  postal_code: z.string(),
  country: z.string(),
});

const flags = ['is_prospect', 'is_customer', 'is_supplier', 'is_company'];

/** A schema of the contact with these texts beside its flags, gender and addresses. */
function contactOf(texts, more = {}) {
  return z.object({
    ...Object.fromEntries(flags.map((key) => [key, z.boolean().nullish()])),
    ...Object.fromEntries(texts.map((key) => [key, text])),
    gender: z.enum(['H', 'F', 'N/A']).nullish(),
    addresses: z.array(address).nullish(),
    ...more,
  });
}

/** Makes `count` bodies inside fast-check 3's own loop. */
export function generating(texts) {
  const property = fc.property(new ZodFastCheck().inputOf(contactOf(texts)), () => true);
  return (count) => void fc.check(property, { numRuns: count, seed: 1 });
}

/** Whether zod 3 takes an answer. */
export function accepting(texts) {
  const schema = contactOf(texts, { id: z.string(), source_ref: z.object({ id: text, model: text }) });
  return (value) => schema.safeParse(value).success;
}
