// Run by .ci/run inside an empty project that has the packed tarball installed: the library as a stranger meets it.
import assert from 'node:assert/strict';
import { contactIn, contract, defineContract, HarnessError } from 'chift-contract';

assert.equal(contract.name, 'chift/contacts');
assert.equal(defineContract(contract), contract);
assert.equal(contactIn.safeParse({ is_prospect: 'yes' }).success, false);
assert.throws(
  () => defineContract({ ...contract, endpoints: [...contract.endpoints, contract.endpoints[0]] }),
  HarnessError,
);
// @ts-expect-error .ci/run also checks this file against the declarations, which know what a contract has
assert.equal(contract.nothing, undefined);
console.log('library: ok');
