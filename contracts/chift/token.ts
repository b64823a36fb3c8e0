import { z } from 'zod';
import { documented, published } from './source.js';

/** Body of the token exchange: camelCase in, snake_case out; no form grant. */
export const authItem = z
  .looseObject({
    clientId: z.string(),
    clientSecret: z.string(),
    accountId: z.guid(),
    marketplaceId: z.guid().nullish(),
  })
  .meta({ id: 'AuthItem', source: published('AuthItem') });

/** The answer that holds a bearer token and how many seconds it lasts. */
export const token = z
  .looseObject({
    access_token: z.string(),
    token_type: z.string().meta({ description: 'Spelling unpublished; compare without case' }),
    expires_in: z.int().meta({ description: 'Lifetime in seconds' }),
    expires_on: z.int().meta({
      description: 'Absolute Unix time in seconds',
      source: documented('developer-guides/chift-authentication'),
    }),
  })
  .meta({ id: 'Token', source: published('Token') });
