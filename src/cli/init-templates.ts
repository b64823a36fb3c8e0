import { reportNames } from '../reporters/index.js';

/** The config that `init` writes: the defaults, and what a team adds first as comments. */
export const configTemplate = `import { defineConfig } from 'chift-contract';

// Flags win over the environment, the environment wins over this file. Secrets never stand here: the environment has
// CHIFT_CLIENT_ID, CHIFT_CLIENT_SECRET and CHIFT_ACCOUNT_ID, or CHIFT_ACCESS_TOKEN.
export default defineConfig({
  // Reports: ${reportNames.join(', ')}.
  report: ['json', 'html', 'junit'],
  reportDir: 'reports',

  // Lowest severity that fails a run: error or warning.
  failOn: 'error',

  // Findings your team accepts, each with a reason and a last day.
  // known: 'accepted-findings.json',

  // verify: how much is sent, and how fast.
  maxRequests: 500,
  maxTime: '5m',
  rateLimit: '10/s',

  // verify: the sandbox consumer to write to; --allow-writes must name it once more.
  // url: 'https://api.chift.eu',
  // consumer: '11111111-1111-4111-8111-111111111111',

  // check: the path before the endpoint paths, where your traffic was recorded at a proxy.
  // basePath: '/api/v1',
});
`;

const create = (call: string) => `  const { url, demo } = sandbox;
  const json = { 'content-type': 'application/json' };
  const login = await fetch(\`\${url}/token\`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(demo.credentials),
  });
  const { access_token } = ${call};

  // Put your own client here: it should create a contact at \`url\`.
  const response = await fetch(\`\${url}/consumers/\${demo.consumerId}/invoicing/contacts\`, {
    method: 'POST',
    headers: { ...json, authorization: \`Bearer \${access_token}\` },
    body: JSON.stringify({ is_customer: true, company_name: 'Ünïcode & Söhne' }),
  });
`;

/** A first consumer test for a project with vitest. */
export const vitestTemplate = `import { createContact } from 'chift-contract';
import { test } from 'chift-contract/vitest';
import { expect } from 'vitest';

test('our client creates a contact', async ({ sandbox }) => {
${create('(await login.json()) as { access_token: string }')}
  await expect(response).toConformTo(createContact);
});
`;

/** A first consumer test for any other project: Node's own runner. */
export const nodeTestTemplate = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contactOut, startSandbox } from 'chift-contract';

test('our client creates a contact', async (t) => {
  const sandbox = await startSandbox();
  t.after(() => sandbox.close());
${create('await login.json()')}
  assert.equal(response.status, 200);
  contactOut.parse(await response.json());
});
`;

/** The GitHub Actions workflow: the consumer test on every change, a live run every night where secrets are given. */
export const githubTemplate = (runTest: string) => `name: chift-contract

on:
  push:
    branches: [main]
  pull_request:
  schedule:
    - cron: '17 3 * * *'

permissions:
  contents: read

jobs:
  consumer:
    if: github.event_name != 'schedule'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: ${runTest}
      # Record your end-to-end tests to HAR or NDJSON, and judge them:
      # - run: npx chift-contract check recordings

  live:
    # A sandbox consumer of yours, in the repository variable CHIFT_CONSUMER_ID.
    if: github.event_name == 'schedule' && vars.CHIFT_CONSUMER_ID != ''
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npx chift-contract verify --url https://api.chift.eu --allow-writes "$CHIFT_CONSUMER_ID" --max-creates 25
        env:
          CHIFT_CONSUMER_ID: \${{ vars.CHIFT_CONSUMER_ID }}
          CHIFT_CLIENT_ID: \${{ secrets.CHIFT_CLIENT_ID }}
          CHIFT_CLIENT_SECRET: \${{ secrets.CHIFT_CLIENT_SECRET }}
          CHIFT_ACCOUNT_ID: \${{ secrets.CHIFT_ACCOUNT_ID }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: chift-contract
          path: |
            reports
            .chift-contract
          include-hidden-files: true
`;

/** The same for GitLab CI, to be included. */
export const gitlabTemplate = (runTest: string) => `chift-contract:
  stage: test
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE != "schedule"
  script:
    - npm ci
    - ${runTest}
    # Record your end-to-end tests to HAR or NDJSON, and judge them:
    # - npx chift-contract check recordings

chift-contract-live:
  stage: test
  image: node:22
  rules:
    # A sandbox consumer of yours, and the credentials as masked variables CHIFT_CLIENT_ID,
    # CHIFT_CLIENT_SECRET and CHIFT_ACCOUNT_ID.
    - if: $CI_PIPELINE_SOURCE == "schedule" && $CHIFT_CONSUMER_ID
  script:
    - npm ci
    - npx chift-contract verify --url https://api.chift.eu --allow-writes "$CHIFT_CONSUMER_ID" --max-creates 25
  artifacts:
    when: always
    paths: [reports, .chift-contract]
    reports:
      junit: reports/junit.xml
`;
