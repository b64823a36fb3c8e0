/** Values that the sandbox knows from the start, for examples and for runs that name none. */
export const demo = {
  consumerId: '6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3',
  connectionId: connectionOf('6b1f7a52-9c0d-4e3b-8f26-5d7a10c4e9b3'),
  /** Exists, and no key of the sandbox reaches it. */
  foreignConsumerId: 'f0e1d2c3-b4a5-4968-8776-5a4b3c2d1e0f',
  /** Does not exist. */
  unknownConsumerId: '00000000-0000-4000-8000-000000000000',
  credentials: {
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    accountId: '0d9c3b7e-52f1-4a86-9e04-b8c6d1a7f235',
  },
} as const;

/** The own connection of a consumer: a UUID of its own, the same each time. */
export function connectionOf(consumer: string): string {
  return `c0c0c0c0${consumer.slice(8)}`;
}
