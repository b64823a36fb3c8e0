import { base64, lists, type Spoken } from './spoken.js';

const text = (string: string) => ({ encoding: 'UTF-8', string });
const exact = (string: string) => ({ encoding: 'UTF-8', base64_string: base64(string) });

/** JSON is YAML, so each item is told in flow style within the block list that recorders write. */
const vcr = (bodyOf: (body: string) => unknown) => (all: readonly Spoken[]) =>
  ['---', 'http_interactions:', ...all.map((each) => `- ${JSON.stringify(cassette(each, bodyOf))}`), 'recorded_with: x']
    .join('\n')
    .concat('\n');

function cassette(spoken: Spoken, bodyOf: (body: string) => unknown) {
  const { method, url: uri, status: code } = spoken;
  return {
    request: { method, uri, body: bodyOf(spoken.requestBody), headers: lists(spoken.requestHeaders) },
    response: {
      status: { code, message: '' },
      headers: lists(spoken.responseHeaders),
      body: bodyOf(spoken.responseBody),
    },
  };
}

function schemathesis(all: readonly Spoken[]): string {
  const content = (body: string) => ({ $base64: base64(body) });
  const interaction = (spoken: Spoken, at: number) => [
    `case${at}`,
    {
      request: {
        method: spoken.method,
        uri: spoken.url,
        headers: lists(spoken.requestHeaders),
        body: content(spoken.requestBody),
      },
      response: {
        status_code: spoken.status,
        headers: lists(spoken.responseHeaders),
        content: content(spoken.responseBody),
        elapsed: 0.012,
      },
    },
  ];
  const interactions = Object.fromEntries(all.map(interaction));
  return [
    { Initialize: { command: 'st run openapi.json', schemathesis_version: '4.25.2', seed: 1 } },
    { ScenarioFinished: { status: 'success', recorder: { label: 'POST', interactions } } },
    { EngineFinished: { stop_reason: 'completed' } },
  ]
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');
}

/** Block style, as Ruby and Python write it: literal scalars, and bytes under a tag. */
const vcrpy = (all: readonly Spoken[]) => `interactions:\n${all.map(blockItem).join('')}version: 1\n`;

function blockItem(spoken: Spoken): string {
  const headers = (list: Spoken['requestHeaders']) =>
    list.length === 0
      ? ' {}'
      : list.map(([name, value]) => `\n      ${name}:\n      - ${JSON.stringify(value)}`).join('');
  const binary = (body: string) => (body === '' ? "''" : `!!binary |\n        ${base64(body)}`);
  return `- request:
    body: ${JSON.stringify(spoken.requestBody)}
    headers:${headers(spoken.requestHeaders)}
    method: ${spoken.method}
    uri: ${spoken.url}
  response:
    body:
      string: ${binary(spoken.responseBody)}
    headers:${headers(spoken.responseHeaders)}
    status:
      code: ${spoken.status}
      message: OK
`;
}

/** Writers of cassettes, by the way of writing. */
export const cassetteWriters = {
  text: vcr(text),
  base64: vcr(exact),
  'block style with tagged bytes': vcrpy,
  'events of Schemathesis': schemathesis,
  JSON: (all: readonly Spoken[]) => JSON.stringify({ http_interactions: all.map((each) => cassette(each, text)) }),
} as const;
