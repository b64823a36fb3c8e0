import { dayPattern, httpDayPattern } from './days.js';

/** What a value is, so that its pseudonym is one as well. */
export type Kind = 'plain' | 'email' | 'phone' | 'vat' | 'uuid' | 'day' | 'ip' | 'host';

/** Private use characters stand for bytes that are no UTF-8, which are part of no value. */
export const emailPattern = String.raw`[^\p{Cc}\p{Co}\s@"'<>(),;:\\/?&=|]{1,80}@[^\p{Cc}\p{Co}\s@"'<>(),;:\\/?&=|]{1,255}`;
export const uuidPattern = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
export const ipPattern = String.raw`(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])`;
/** Seven digits or more with what people put between them. */
export const phonePattern = String.raw`(?<![\w.@])[+(]{0,2}\d(?:[\s().\/-]{0,2}\d){6,17}(?![\w@])`;

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');
const [email, uuid, ip, day] = [emailPattern, uuidPattern, ipPattern, `${dayPattern}|${httpDayPattern}`].map(whole) as [
  RegExp,
  RegExp,
  RegExp,
  RegExp,
];

/** The kind of the value of a field, of which the contract may name the family. */
export function kindOf(text: string, domain: string | undefined): Kind {
  if (uuid.test(text)) return 'uuid';
  if (day.test(text)) return 'day';
  if (email.test(text.trim())) return 'email';
  if (ip.test(text)) return 'ip';
  if (domain === 'phone' && (text.match(/\d/g)?.length ?? 0) >= 6) return 'phone';
  return (domain === 'vat' || domain === 'company-number') && /\d/.test(text) ? 'vat' : 'plain';
}
