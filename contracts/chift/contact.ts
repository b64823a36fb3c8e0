import { z } from 'zod';
import { addressIn, addressOut } from './address.js';
import { published } from './source.js';

/** Component ContactGender. */
export const gender = z.enum(['H', 'F', 'N/A']).meta({ description: 'Gender', source: published('ContactGender') });

/** Technical id in the target software; `{}` and nulls are valid. */
export const ref = z
  .looseObject({
    id: z.string().nullish().meta({ description: 'Technical id in the target software' }),
    model: z.string().nullish().meta({ description: 'Name of the model/entity in the target software' }),
  })
  .meta({ id: 'Ref', description: 'Technical id in the target software', source: published('Ref') });

const here = published('ContactItemIn and ContactItemOut');
const flag = (description: string) => z.boolean().nullish().meta({ description, source: here });
const text = (description: string, domain: string) =>
  z.string().meta({ domain }).nullish().meta({ description, source: here });

/** The 20 fields that request and response share, in the order of the published document. */
const shared = {
  is_prospect: flag('Is a prospect?'),
  is_customer: flag('Is a customer?'),
  is_supplier: flag('Is a supplier?'),
  is_company: flag('Is a company?'),
  company_name: text('Name of the company', 'company-name'),
  first_name: text('Firstname', 'person-name'),
  last_name: text('Lastname', 'person-name'),
  email: text('Email', 'email'),
  phone: text('Phone', 'phone'),
  mobile: text('Mobile', 'phone'),
  company_id: text("Technical id of the contact' company in Chift", 'identifier'),
  vat: text('VAT number', 'vat'),
  company_number: text('Company number (identification number different than the VAT (e.g. siret))', 'company-number'),
  currency: text('Currency matching target sofware name', 'currency'),
  language: text('Language matching target sofware name', 'language'),
  comment: text('Comment', 'comment'),
  customer_account_number: text('Number of the accounting account used for sales (e.g. 701000)', 'account-number'),
  supplier_account_number: text('Number of the accounting account used for purchases (e.g. 601000)', 'account-number'),
  birthdate: z.iso
    .date()
    .meta({ domain: 'birthdate' })
    .nullish()
    .meta({
      description: 'Birthdate',
      source: `${here}: format date, which the seed page does not show`,
    }),
  gender: gender.nullish().meta({ description: 'Gender', source: here }),
};

/** Request body of create-contact: every field optional and nullable, unknown keys allowed, `{}` valid. */
export const contactIn = z
  .looseObject({
    ...shared,
    addresses: z.array(addressIn).nullish().meta({ description: 'Addresses', default: [], source: here }),
  })
  .meta({ id: 'ContactItemIn', source: published('ContactItemIn') });

/** A contact as answered: only `id` and `source_ref` are promised. */
export const contactOut = z
  .looseObject({
    id: z
      .string()
      .meta({ description: 'Technical id in Chift', domain: 'identifier', source: published('ContactItemOut') }),
    source_ref: ref,
    ...shared,
    addresses: z.array(addressOut).nullish().meta({ description: 'Addresses', default: [], source: here }),
    external_reference: z
      .string()
      .nullish()
      .meta({
        description: 'External reference of the contact in the invoicing system',
        source: published('ContactItemOut: answered only, since 2024-08-02'),
      }),
  })
  .meta({ id: 'ContactItemOut', source: published('ContactItemOut') });

/** One page of the list; a page past the end is valid and empty. */
export const contactPage = z
  .looseObject({
    items: z.array(contactOut),
    total: z.int().min(0),
    page: z.int().min(1),
    size: z.int().min(1),
  })
  .meta({ id: 'ChiftPage_ContactItemOut_', source: published('ChiftPage_ContactItemOut_') });

/** A request body of create-contact. */
export type ContactIn = z.infer<typeof contactIn>;
/** A contact as the provider answers it. */
export type ContactOut = z.infer<typeof contactOut>;
