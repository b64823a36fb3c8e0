/** The names of {@link formats}, in their order, apart from the readers: naming them must not load them. */
export const formatNames = [
  'har',
  'ndjson',
  'vcr',
  'polly',
  'nock',
  'postman',
  'otlp',
  'wiremock',
  'hoverfly',
  'pact',
  'journal',
] as const;
