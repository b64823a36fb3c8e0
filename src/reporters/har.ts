import { type HarItem, harOf } from '../exchange/har.js';
import type { ResultFinding } from '../run/result.js';
import { startOf } from './ctrf.js';
import type { Reporter } from './reporter.js';
import { jsonText, visible } from './visible-text.js';

/** HAR 1.2 of the evidence, for any browser's network panel: the exchanges of every finding, secrets hidden. */
export const har: Reporter = {
  id: 'har',
  file: 'evidence.har',
  render: ({ tool, run, findings }) => {
    // The start of the run stands for that of the first exchange, which is not kept.
    const startedAt = new Date(startOf(run.startedAt)).toISOString();
    return jsonText(
      harOf(findings.flatMap(itemsOf), { creator: { name: tool.name, version: tool.version }, startedAt }),
    );
  },
};

function itemsOf({ evidence, fingerprint, message }: ResultFinding): HarItem[] {
  const before = evidence.before.map((exchange) => ({
    exchange,
    comment: visible(`before: ${fingerprint}`),
    own: { _place: visible(exchange.place) },
  }));
  const last = { request: evidence.request, response: evidence.response, unanswered: null };
  const own = { _place: visible(evidence.place), _message: visible(message) };
  return [...before, { exchange: last, comment: visible(fingerprint), own }];
}
