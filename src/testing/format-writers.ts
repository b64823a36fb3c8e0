import type { PublicExchange } from '../exchange/public-exchange.js';
import { toJournal } from '../formats/journal.js';
import { accessLogWriters } from './access-log-writers.js';
import { cassetteWriters } from './cassette-writers.js';
import { base64, bytes, keyed, lists, pairs, type Spoken, single } from './spoken.js';

function harOf(spoken: Spoken) {
  return {
    startedDateTime: '2025-03-04T10:00:00.000Z',
    request: {
      method: spoken.method,
      url: spoken.url,
      headers: pairs(spoken.requestHeaders),
      bodySize: bytes(spoken.requestBody),
      ...(spoken.requestBody === '' ? {} : { postData: { text: spoken.requestBody } }),
    },
    response: {
      status: spoken.status,
      headers: pairs(spoken.responseHeaders),
      content: { size: bytes(spoken.responseBody), text: spoken.responseBody },
    },
  };
}

const har = (all: readonly Spoken[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'test' }, entries: all.map(harOf) } });

const ndjson = (all: readonly Spoken[]) =>
  all
    .map(({ method, url, requestHeaders, requestBody, status, responseHeaders, responseBody }) =>
      JSON.stringify({
        request: { method, url, headers: requestHeaders, body: requestBody },
        response: { status, headers: responseHeaders, body: responseBody },
      }),
    )
    .join('\n');

function polly(all: readonly Spoken[]) {
  const entries = all.map((spoken, at) => {
    const entry = harOf(spoken);
    if (at % 2 === 0 || spoken.responseBody === '') return entry;
    const content = { encoding: 'base64', text: JSON.stringify([base64(spoken.responseBody)]) };
    return { ...entry, response: { ...entry.response, content } };
  });
  return JSON.stringify({ log: { _recordingName: 'x', creator: { name: 'Polly.JS', version: '6.0.6' }, entries } });
}

const nock = (all: readonly Spoken[]) =>
  JSON.stringify(
    all.map(({ method, url, requestHeaders, requestBody, status, responseHeaders, responseBody }) => ({
      scope: new URL(url).origin,
      method,
      path: url.slice(new URL(url).origin.length),
      body: requestBody,
      status,
      response: responseBody,
      rawHeaders: responseHeaders.flat(),
      reqheaders: single(requestHeaders),
    })),
  );

const newman = (all: readonly Spoken[]) =>
  JSON.stringify({
    collection: { item: [] },
    run: {
      executions: all.map((spoken) => ({
        request: { ...postmanRequest(spoken), url: spoken.url },
        response: {
          code: spoken.status,
          header: keyed(spoken.responseHeaders),
          stream: Buffer.from(spoken.responseBody).toJSON(),
        },
      })),
    },
  });

const collection = (all: readonly Spoken[]) =>
  JSON.stringify({
    info: { _postman_id: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: all.map((spoken) => ({
      item: [
        {
          response: [
            {
              originalRequest: { ...postmanRequest(spoken), url: { raw: spoken.url } },
              code: spoken.status,
              header: keyed(spoken.responseHeaders),
              body: spoken.responseBody,
            },
          ],
        },
      ],
    })),
  });

function postmanRequest({ method, requestHeaders, requestBody }: Spoken) {
  return { method, header: keyed(requestHeaders), body: { mode: 'raw', raw: requestBody } };
}

/** Names before and after version 1.23 of the semantic conventions. */
const otlp = (names: { method: string; url: string; status: string }, inLines: boolean) => (all: readonly Spoken[]) => {
  const batches = all.map((spoken, at) => {
    const attributes = {
      [names.method]: { stringValue: spoken.method },
      [names.url]: { stringValue: spoken.url },
      [names.status]: { intValue: String(spoken.status) },
      ...attributesOf('request', spoken.requestHeaders),
      ...attributesOf('response', spoken.responseHeaders),
      'http.request.body.content': { stringValue: spoken.requestBody },
      'http.response.body.content': { bytesValue: base64(spoken.responseBody) },
    };
    const list = Object.entries(attributes).map(([key, value]) => ({ key, value }));
    return { scopeSpans: [{ spans: [{ spanId: String(at), kind: 3, attributes: list }] }] };
  });
  return inLines
    ? batches.map((batch) => JSON.stringify({ resourceSpans: [batch] })).join('\n')
    : JSON.stringify({ resourceSpans: batches }, null, 2);
};

function attributesOf(side: string, headers: Spoken['requestHeaders']) {
  const values = headers.map(([name, value]) => [
    `http.${side}.header.${name}`,
    { arrayValue: { values: [{ stringValue: value }] } },
  ]);
  return Object.fromEntries(values);
}

const stubs = (all: readonly Spoken[]) =>
  JSON.stringify({
    mappings: all.map((spoken) => ({
      request: {
        method: spoken.method,
        url: spoken.url,
        headers: Object.fromEntries(spoken.requestHeaders.map(([name, equalTo]) => [name, { equalTo }])),
        bodyPatterns: [{ equalTo: spoken.requestBody }],
      },
      response: { status: spoken.status, headers: single(spoken.responseHeaders), body: spoken.responseBody },
    })),
  });

const served = (all: readonly Spoken[]) =>
  JSON.stringify({
    requests: all.map((spoken) => ({
      request: {
        method: spoken.method,
        absoluteUrl: spoken.url,
        headers: single(spoken.requestHeaders),
        body: spoken.requestBody,
        bodyAsBase64: base64(spoken.requestBody),
      },
      response: {
        status: spoken.status,
        headers: single(spoken.responseHeaders),
        body: '',
        bodyAsBase64: base64(spoken.responseBody),
      },
      wasMatched: true,
    })),
  });

const hoverfly = (all: readonly Spoken[]) =>
  JSON.stringify({
    data: {
      pairs: all.map((spoken, at) => ({
        request: {
          method: [{ matcher: 'exact', value: spoken.method }],
          scheme: [{ matcher: 'exact', value: new URL(spoken.url).protocol.slice(0, -1) }],
          destination: [{ matcher: 'exact', value: new URL(spoken.url).host }],
          path: [{ matcher: 'exact', value: new URL(spoken.url).pathname }],
          headers: Object.fromEntries(
            spoken.requestHeaders.map(([name, value]) => [name, [{ matcher: 'exact', value }]]),
          ),
          body: [{ matcher: 'exact', value: spoken.requestBody }],
        },
        response: {
          status: spoken.status,
          headers: lists(spoken.responseHeaders),
          encodedBody: at % 2 === 0,
          body: at % 2 === 0 ? base64(spoken.responseBody) : spoken.responseBody,
        },
      })),
    },
    meta: { schemaVersion: 'v5.3' },
  });

const pact = (all: readonly Spoken[]) =>
  JSON.stringify({
    consumer: { name: 'a' },
    provider: { name: 'b' },
    interactions: all.map((spoken) => ({
      type: 'Synchronous/HTTP',
      request: {
        method: spoken.method,
        path: spoken.url,
        headers: lists(spoken.requestHeaders),
        body: { content: spoken.requestBody, encoded: false },
      },
      response: {
        status: spoken.status,
        headers: lists(spoken.responseHeaders),
        body: { content: base64(spoken.responseBody), encoded: 'base64' },
      },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  });

function journal(all: readonly Spoken[]) {
  const body = (content: string) => ({
    state: content === '' ? 'empty' : 'present',
    text: content,
    base64: null,
    size: bytes(content),
    omitted: 0,
  });
  const exchanges = all.map((spoken, at) => ({
    id: `x${at}`,
    place: `x:${at}`,
    request: {
      method: spoken.method,
      url: spoken.url,
      headers: spoken.requestHeaders,
      body: body(spoken.requestBody),
    },
    response: {
      status: spoken.status,
      headers: spoken.responseHeaders,
      body: body(spoken.responseBody),
      durationMs: null,
      defects: [],
    },
    unanswered: null,
  }));
  return toJournal(exchanges as unknown as PublicExchange[]);
}

/** Writers of the same exchanges in every format, by format and the way of writing it. */
export const formatWriters: readonly (readonly [
  format: string,
  way: string,
  write: (all: readonly Spoken[]) => string,
])[] = [
  ['har', 'plain', har],
  ['ndjson', 'plain', ndjson],
  ...Object.entries(accessLogWriters).map(([server, write]) => ['ndjson', `log of ${server}`, write] as const),
  ...Object.entries(cassetteWriters).map(([way, write]) => ['vcr', way, write] as const),
  ['polly', 'every other body in chunks', polly],
  ['nock', 'recorder', nock],
  ['postman', 'Newman report', newman],
  ['postman', 'collection', collection],
  [
    'otlp',
    'current names, lines',
    otlp({ method: 'http.request.method', url: 'url.full', status: 'http.response.status_code' }, true),
  ],
  [
    'otlp',
    'old names, one document',
    otlp({ method: 'http.method', url: 'http.url', status: 'http.status_code' }, false),
  ],
  ['wiremock', 'stubs', stubs],
  ['wiremock', 'served requests', served],
  ['hoverfly', 'every other body encoded', hoverfly],
  ['pact', 'V4', pact],
  ['journal', 'lines', journal],
];
