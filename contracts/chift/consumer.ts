import { z } from 'zod';

/** Beyond the contacts slice of the published document; as the official client types the whole of it. */
const typed = (component: string) => `@chift/chift-nodejs 1.0.34, schema of the published document: ${component}`;

/** A consumer: the customer whose software is connected. */
export const consumer = z
  .looseObject({
    consumerid: z.guid(),
    name: z.string(),
    email: z.string().nullish(),
    internal_reference: z.string().nullish(),
    redirect_url: z.string().nullish(),
  })
  .meta({ id: 'ConsumerItem', description: 'A consumer', source: typed('ConsumerItem') });

/** Software that a consumer has connected. */
export const connection = z
  .looseObject({
    connectionid: z.guid(),
    name: z.string(),
    integration: z.string(),
    integrationid: z.int(),
    api: z.string(),
    status: z.enum(['active', 'inactive']),
    data: z.record(z.string(), z.unknown()).nullish(),
    agent: z.looseObject({}).nullish(),
  })
  .meta({ id: 'ConnectionItem', description: 'Connected software', source: typed('ConnectionItem') });
