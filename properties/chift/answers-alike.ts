import { listed, type Property, unexpected } from '../../src/index.js';
import { company, person } from './bodies.js';

/** The same body under two request ids gets the same status: nothing but chance could tell the two apart. */
export const answersAlike: Property<unknown> = {
  id: 'contacts.answers-alike',
  kind: 'stateful',
  inputs: () => listed<unknown>([person('alike'), company('alike'), { ...person('alike'), gender: 'X' }]),
  async run(body, call) {
    const first = await call({ endpoint: 'createContact', body });
    const second = await call({ endpoint: 'createContact', body, before: [first.exchange] });
    if (first.status === second.status || [first, second].some(({ status }) => status === 0 || status >= 500))
      return [];
    const message = `the same body was answered ${first.status} and then ${second.status}`;
    return [unexpected(second, 'createContact', 'state.inconsistent', 'one body, one status', message)];
  },
};
