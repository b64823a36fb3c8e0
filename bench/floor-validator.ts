/** What validating an answer costs at the least: a validator written for this one shape. */
export function acceptsContact(value: unknown): boolean {
  if (!isObject(value)) return false;
  const contact = value as Record<string, unknown>;
  return (
    typeof contact['id'] === 'string' &&
    isRef(contact['source_ref']) &&
    isFlag(contact['is_prospect']) &&
    isFlag(contact['is_customer']) &&
    isFlag(contact['is_supplier']) &&
    isFlag(contact['is_company']) &&
    isText(contact['company_name']) &&
    isText(contact['first_name']) &&
    isText(contact['last_name']) &&
    isText(contact['email']) &&
    isText(contact['phone']) &&
    isText(contact['mobile']) &&
    isText(contact['company_id']) &&
    isText(contact['vat']) &&
    isText(contact['company_number']) &&
    isText(contact['currency']) &&
    isText(contact['language']) &&
    isText(contact['comment']) &&
    isText(contact['customer_account_number']) &&
    isText(contact['supplier_account_number']) &&
    isText(contact['external_reference']) &&
    isDay(contact['birthdate']) &&
    isGender(contact['gender']) &&
    areAddresses(contact['addresses'])
  );
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => value === undefined || value === null || typeof value === 'string';
const isFlag = (value: unknown): boolean => value === undefined || value === null || typeof value === 'boolean';
const isGender = (value: unknown): boolean =>
  value === undefined || value === null || value === 'H' || value === 'F' || value === 'N/A';

const days = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const parts = typeof value === 'string' ? /^(\d\d\d\d)-(\d\d)-(\d\d)$/.exec(value) : null;
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && leap ? 29 : days[month]!);
}

function isRef(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, model } = value as Record<string, unknown>;
  return isText(id) && isText(model);
}

function areAddresses(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (!Array.isArray(value)) return false;
  for (const item of value) {
    if (!isObject(item)) return false;
    if (!isAddress(item as Record<string, unknown>)) return false;
  }
  return true;
}

function isAddress(address: Record<string, unknown>): boolean {
  const type = address['address_type'];
  return (
    (type === 'main' || type === 'delivery' || type === 'invoice' || type === 'other') &&
    isText(address['name']) &&
    isText(address['number']) &&
    isText(address['box']) &&
    isText(address['phone']) &&
    isText(address['mobile']) &&
    isText(address['email']) &&
    isText(address['street']) &&
    isText(address['city']) &&
    isText(address['postal_code']) &&
    isText(address['country'])
  );
}
