import { contract } from '../../contracts/chift/index.js';
import { type Finding, listed, type Property, unexpected } from '../../src/index.js';
import { person } from './bodies.js';
import { readPage } from './page-walk.js';

/** A client request id that succeeded is refused with 409 when it comes again, and creates nothing. */
export const takesRequestIdOnce: Property<'same body' | 'other body'> = {
  id: 'contacts.takes-request-id-once',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed(['same body']),
  async run(repeat, call, around) {
    const requestId = around.nextRequestId();
    const body = person('once');
    const first = await call({ endpoint: 'createContact', body, requestId });
    if (first.status !== 200) return [];
    const before = await readPage(call, { page: '1', size: '1' });
    const again = await call({
      endpoint: 'createContact',
      body: repeat === 'same body' ? body : person('twice'),
      requestId,
      before: [first.exchange],
    });
    const after = await readPage(call, { page: '1', size: '1' });
    const found: Finding[] = [];
    if (again.status !== 409 && again.status !== 0)
      found.push(
        unexpected(
          again,
          'createContact',
          'state.idempotency',
          'a repeat gives 409',
          `the repeated ${contract.provider.headers.requestId} was answered ${again.status}`,
        ),
      );
    if (before && after && after.total !== before.total && again.status >= 400)
      found.push(
        unexpected(
          again,
          'createContact',
          'state.refused-created',
          'a repeat creates nothing',
          `the refused repeat took total from ${before.total} to ${after.total}`,
        ),
      );
    return found;
  },
};
