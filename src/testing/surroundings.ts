import type { Surroundings } from '../property/property.js';

/** What a property may know of a run that sends nothing anywhere. */
export function surroundings(more: Partial<Surroundings> = {}): Surroundings {
  let serial = 0;
  return {
    seed: 1,
    tenant: '11111111-1111-4111-8111-111111111111',
    foreignTenant: undefined,
    connection: undefined,
    token: async () => 'token',
    loopback: true,
    hostile: false,
    nextRequestId: () => `request-${++serial}`,
    ...more,
  };
}
