import { z } from 'zod';

const count = z.int().min(0);
const counts = z.record(z.string(), count);

const field = z.object({
  endpoint: z.string(),
  part: z.enum(['request.body', 'response.body']),
  status: z.int().nullable().describe('Of the answer; null for requests'),
  pointer: z.string().describe('JSON pointer; `*` stands for every place of a list'),
  documented: z.string().nullable().describe('What the contract promises; null for a field it does not know'),
  of: count.describe('Objects or lists that could hold it'),
  holds: count.describe('Objects or list items at this place, which could hold what lies below'),
  present: count,
  nulls: count,
  empty: count.describe('Empty text, list or object'),
  types: counts.describe('JSON type → how often, null apart'),
  formats: counts.describe('What texts look like → how often'),
  lengths: z
    .object({ min: count, max: count })
    .nullable()
    .describe('Of texts in characters, of lists in items; null where there were none'),
  outside: z.array(z.object({ value: z.string(), count })).describe('Values that the documented list does not have'),
  outsideMore: count.describe('How often further such values were seen, which are not listed'),
  firstSeen: z.string().nullable().describe('Where it first came, by place; for fields the contract does not know'),
  lastSeen: z.string().nullable(),
});

export const profileSchema = z
  .object({
    fields: z.array(field),
    omitted: count.describe('Values of further undocumented fields, which were too many to keep'),
  })
  .describe('What recorded bodies hold, beside what is promised');

/** What was seen of every field, in counts: no value of a field is kept but those outside a documented list. */
export type Profile = z.infer<typeof profileSchema>;
export type ProfiledField = Profile['fields'][number];
