import { z } from 'zod';
import { published } from './source.js';

/** Component AddressTypeInvoicing; `other` joined on 2023-11-16. */
export const addressType = z
  .enum(['main', 'delivery', 'invoice', 'other'])
  .meta({ source: published('AddressTypeInvoicing') });

const text = (domain: string) => z.string().meta({ domain });
const optionalText = (domain: string) => text(domain).nullish();
const country = z.string().meta({
  domain: 'country',
  description: 'Format: ISO 3166-1 codes.',
  source: `${published('AddressItemInInvoicing.country')}: described, not enforced`,
});

/** Address as sent: street, city, postal code and country are required and may not be null. */
export const addressIn = z
  .looseObject({
    address_type: addressType,
    name: optionalText('person-name'),
    number: optionalText('house-number'),
    box: optionalText('house-number'),
    phone: optionalText('phone'),
    mobile: optionalText('phone'),
    email: optionalText('email'),
    street: text('street'),
    city: text('city'),
    postal_code: text('postal-code'),
    country,
  })
  .meta({ id: 'AddressItemInInvoicing', source: published('AddressItemInInvoicing') });

/** Address as answered: only the type is promised, anything else may be null or missing. */
export const addressOut = z
  .looseObject({
    address_type: addressType,
    name: optionalText('person-name'),
    number: optionalText('house-number'),
    box: optionalText('house-number'),
    phone: optionalText('phone'),
    mobile: optionalText('phone'),
    email: optionalText('email'),
    street: optionalText('street'),
    city: optionalText('city'),
    postal_code: optionalText('postal-code'),
    country: country.nullish(),
  })
  .meta({ id: 'AddressItemOutInvoicing', source: published('AddressItemOutInvoicing') });
