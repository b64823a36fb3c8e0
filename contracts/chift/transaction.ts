import { z } from 'zod';
import { published } from './source.js';

/** What became of a request that carried a client request id: the way to an id whose answer was lost. */
export const transaction = z
  .looseObject({
    created_on: z.string(),
    method: z.string(),
    route: z.string(),
    status_code: z.int(),
    created_entity_id: z.string().nullish(),
  })
  .meta({ id: 'Transaction', source: published('transactions: four fields required, created_entity_id nullable') });
