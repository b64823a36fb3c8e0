import type { Contract } from '../contract/contract.js';
import type { Endpoint } from '../contract/endpoint.js';
import { router } from '../contract/route.js';
import { plainTextOf } from '../derive/plain-text.js';
import { hasValidParameters } from '../derive/validity.js';
import { KeptMembers } from '../exchange/kept-text.js';
import { ObjectPlace } from '../exchange/object-place.js';
import type { PlainAnswer, PlainBodies, Skim } from '../exchange/skimmed.js';
import { type EchoMode, echoedFields } from './echo-faithful.js';
import { errorNames, saysJson } from './plainly-conforms.js';

/**
 * What `plainlyConforms` sees in a case, seen in its text: the ordinary success of an endpoint that takes a body.
 * `basePath` is cut off before requests are matched with endpoints.
 */
export function skimOf(contract: Contract, echo: EchoMode, basePath: string): Skim {
  const find = router(contract, basePath);
  const known = new Map<Endpoint, PlainBodies | undefined>();
  const bodiesOf = (endpoint: Endpoint): PlainBodies | undefined => {
    if (!known.has(endpoint)) known.set(endpoint, plainBodies(contract, endpoint, echo));
    return known.get(endpoint);
  };
  return {
    bodiesOf(method, url) {
      const route = find(method, url);
      return route !== undefined && hasValidParameters(route) ? bodiesOf(route.endpoint) : undefined;
    },
  };
}

function plainBodies(contract: Contract, endpoint: Endpoint, echo: EchoMode): PlainBodies | undefined {
  const { create, readOne } = contract.provider.resource;
  const asked = endpoint.request.body;
  const request = asked && plainTextOf(asked);
  if (!(request instanceof ObjectPlace) || endpoint.id === readOne) return undefined;
  const isEchoed = endpoint.id === create && echo !== 'off';
  const answers = new Map<number, PlainAnswer>();
  for (const [status, promised] of Object.entries(endpoint.responses)) {
    const body = promised && plainTextOf(promised);
    if (!(body instanceof ObjectPlace) || errorNames.some((name) => body.names.includes(name))) continue;
    const members = new KeptMembers(request, body, isEchoed ? echoedFields(contract) : []);
    answers.set(Number(status), { body, keeps: (bytes) => members.areKept(bytes) });
  }
  return { request, answer: (status) => answers.get(status), isJson: saysJson };
}
