import { contract } from '../../contracts/chift/index.js';
import { contractHash } from './contract-hash.js';

/** What stands for the provider's version: the date of its published document, and a hash of what it promises. */
export function providerVersion(): string {
  return `${contract.version}-${contractHash(contract).slice('sha256:'.length, 'sha256:'.length + 12)}`;
}
