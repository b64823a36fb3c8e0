import { Verifier, type VerifierOptions } from '@pact-foundation/pact-core';
import { answering } from './answering.js';

/** Results come as JSON either way: resolved when all is well, as the message of an error when not. */
answering(async ({ options }: { readonly options: VerifierOptions }): Promise<string> => {
  try {
    return await new Verifier({ ...options, logLevel: 'error' }).verify();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.startsWith('{')) return message;
    throw error;
  }
});
