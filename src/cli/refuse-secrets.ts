import { HarnessError } from '../errors.js';

const secretFlag =
  /^--?((pact-)?broker-(token|password|username)|client-?secret|client-?id|account-?id|access-?token|token|secret|password|api-?key|authorization|header)(=|$)/i;

/** Arguments show in process lists and shell histories: a secret among them is refused before anything reads it. */
export function refuseSecrets(argv: readonly string[]): void {
  const flag = argv.find((argument) => secretFlag.test(argument));
  if (flag === undefined) return;
  throw new HarnessError(
    'refused',
    `${flag.split('=')[0]} is refused: secrets on a command line show in process lists`,
    {
      hint: 'Set CHIFT_CLIENT_ID, CHIFT_CLIENT_SECRET and CHIFT_ACCOUNT_ID, or CHIFT_ACCESS_TOKEN, in the environment; for a broker PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    },
  );
}
