import { type ContactIn, contract } from '../../contracts/chift/index.js';
import { differences, listed, type Property, readsBack, unexpected } from '../../src/index.js';
import { company, person } from './bodies.js';

/** The least that must work, tried first: create a contact, read it twice, get the same contact each time. */
export const readsWhatItCreated: Property<ContactIn> = {
  id: 'contacts.reads-what-it-created',
  kind: 'stateful',
  first: true,
  exclusive: true,
  inputs: () => listed([person('first'), company('first')]),
  async run(body, call) {
    const created = await call({ endpoint: 'createContact', body });
    if (created.status !== 200) {
      const rule = `status ${created.status}`;
      const sentence = `the plainest contact was answered ${created.status}`;
      const explained =
        created.status === 0 || created.status === 400 || created.status === 422 || created.status >= 500;
      return explained
        ? []
        : [unexpected(created, 'createContact', 'request.valid.refused', rule, sentence, { part: 'request.body' })];
    }
    const found = [...(await readsBack(contract, created, call))];
    const id = (created.json as { id?: unknown } | undefined)?.id;
    if (typeof id !== 'string') return found;
    const read = { endpoint: 'getContact', params: { contact_id: id }, headers: [contract.provider.headers.fresh] };
    const once = await call(read);
    const twice = await call({ ...read, before: [once.exchange] });
    if (once.status !== 200 || twice.status !== 200) {
      if (once.status !== twice.status && once.status !== 0 && twice.status !== 0)
        found.push(
          unexpected(
            twice,
            'getContact',
            'state.inconsistent',
            'two reads, one status',
            `two reads gave ${once.status} and ${twice.status}`,
          ),
        );
      return found;
    }
    for (const { pointer } of differences(once.json, twice.json))
      found.push(
        unexpected(twice, 'getContact', 'state.unstable', 'two reads agree', `${pointer} differs between two reads`, {
          part: 'response.body',
          pointer,
        }),
      );
    return found;
  },
};
