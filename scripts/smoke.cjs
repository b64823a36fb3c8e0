// Run by .ci/run beside smoke.mjs: the same package from CommonJS, which Node loads by require since 20.19.
const assert = require('node:assert/strict');
const { checkExchanges, contactIn, startSandbox, verify } = require('chift-contract');

async function main() {
  assert.equal(contactIn.safeParse({}).success, true);
  assert.equal((await checkExchanges([])).verdict, 'inconclusive');
  const sandbox = await startSandbox({ faults: ['id-number'] });
  const { verdict, findings } = await verify({ url: sandbox.url, maxRequests: 30, seed: 1, only: ['valid'] });
  await sandbox.close();
  assert.equal(verdict, 'violates');
  assert.ok(findings.some(({ at }) => at.pointer === '/id'));
  console.log('library from CommonJS: ok');
}

main();
