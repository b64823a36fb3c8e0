import { bytes, lists, type Spoken, single } from './spoken.js';

/** Below a prefix, as servers name single headers in their logs. */
const flat = (prefix: string, headers: Spoken['requestHeaders']) =>
  Object.fromEntries(headers.map(([name, value]) => [`${prefix}${name.replaceAll('-', '_')}`, value]));
const parts = (url: string) => ({ host: new URL(url).host, path: url.slice(new URL(url).origin.length) });

/** An nginx `log_format` with `escape=json`, in which all values are texts. */
const nginx = (spoken: Spoken) => ({
  time_iso8601: '2025-03-04T10:00:00+00:00',
  request_method: spoken.method,
  request_uri: parts(spoken.url).path,
  host: parts(spoken.url).host,
  status: String(spoken.status),
  request_time: '0.012',
  ...flat('http_', spoken.requestHeaders),
  content_length: String(bytes(spoken.requestBody)),
  request_body: spoken.requestBody,
  ...flat('sent_http_', spoken.responseHeaders),
  body_bytes_sent: String(bytes(spoken.responseBody)),
  response_body: spoken.responseBody,
});

/** An Apache `LogFormat`: the request line whole, numbers as numbers. */
const apache = (spoken: Spoken) => ({
  time: '04/Mar/2025:10:00:00 +0000',
  request: `${spoken.method} ${parts(spoken.url).path} HTTP/1.1`,
  server_name: parts(spoken.url).host,
  status: spoken.status,
  request_headers: single(spoken.requestHeaders),
  content_length: bytes(spoken.requestBody),
  request_body: spoken.requestBody,
  response_headers: single(spoken.responseHeaders),
  bytes_sent: bytes(spoken.responseBody),
  response_body: spoken.responseBody,
});

const envoy = (spoken: Spoken) => ({
  start_time: '2025-03-04T10:00:00.000Z',
  method: spoken.method,
  path: parts(spoken.url).path,
  authority: parts(spoken.url).host,
  response_code: spoken.status,
  response_flags: '-',
  duration: 12,
  bytes_received: bytes(spoken.requestBody),
  bytes_sent: bytes(spoken.responseBody),
  request_headers: lists(spoken.requestHeaders),
  response_headers: lists(spoken.responseHeaders),
  request_body: spoken.requestBody,
  response_body: spoken.responseBody,
});

/** Kong's http-log plugin, with the bodies that another plugin adds. */
const kong = (spoken: Spoken) => ({
  started_at: 1741082400000,
  client_ip: '192.0.2.7',
  latencies: { request: 12, kong: 1, proxy: 11 },
  request: {
    method: spoken.method,
    uri: parts(spoken.url).path,
    url: spoken.url,
    size: 300,
    querystring: {},
    headers: single(spoken.requestHeaders),
    body: spoken.requestBody,
  },
  response: {
    status: spoken.status,
    size: 400,
    headers: single(spoken.responseHeaders),
    body: spoken.responseBody,
  },
});

const logOf = (lineOf: (spoken: Spoken) => object) => (all: readonly Spoken[]) =>
  all.map((spoken) => `${JSON.stringify(lineOf(spoken))}\n`).join('');

/** Writers of JSON access logs, by the server whose habits they have. */
export const accessLogWriters = {
  nginx: logOf(nginx),
  Apache: logOf(apache),
  Envoy: logOf(envoy),
  Kong: logOf(kong),
} as const;
