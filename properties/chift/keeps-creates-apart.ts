import { contract } from '../../contracts/chift/index.js';
import { differences, type Finding, listed, type Property, unexpected } from '../../src/index.js';
import { company, person } from './bodies.js';

/** Creates at the same moment get ids of their own, and each leaves the others as they were. */
export const keepsCreatesApart: Property<number> = {
  id: 'contacts.keeps-creates-apart',
  kind: 'stateful',
  exclusive: true,
  inputs: () => listed([4]),
  async run(count, call) {
    const bodies = Array.from({ length: count }, (_, at) => (at % 2 ? company(`apart${at}`) : person(`apart${at}`)));
    const created = (await Promise.all(bodies.map((body) => call({ endpoint: 'createContact', body })))).filter(
      ({ status }) => status === 200,
    );
    const found: Finding[] = [];
    const ids = new Map<unknown, number>();
    for (const answer of created) {
      const id = (answer.json as { id?: unknown } | undefined)?.id;
      if (typeof id !== 'string') continue;
      if (ids.has(id))
        found.push(
          unexpected(
            answer,
            'createContact',
            'state.duplicate-id',
            'an id of its own',
            `two creates were answered with the id ${JSON.stringify(id)}`,
          ),
        );
      ids.set(id, 1);
    }
    for (const answer of created) {
      const first = (answer.json ?? {}) as { id?: unknown } & Record<string, unknown>;
      if (typeof first.id !== 'string' || found.length > 0) continue;
      const read = await call({
        endpoint: 'getContact',
        params: { contact_id: first.id },
        headers: [contract.provider.headers.fresh],
      });
      if (read.status !== 200) continue;
      const came = (read.json ?? {}) as Record<string, unknown>;
      for (const { pointer } of Object.keys(first).flatMap((field) =>
        differences(first[field], came[field], `/${field}`),
      ))
        found.push(
          unexpected(
            read,
            'getContact',
            'state.unstable',
            'others leave it alone',
            `${pointer} of ${first.id} changed when another contact was created`,
            { part: 'response.body', pointer },
          ),
        );
    }
    return found;
  },
};
