import { chiftError } from '../answers.js';
import type { Change, Visit } from '../behaviour.js';
import { header } from '../faithful.js';
import { type Fault, type Json, onAnswer, onStatus } from './fault.js';

const credential = ({ request }: Visit): string => header(request.headers, 'authorization') ?? '';

/** Lets more in than it should. */
function admitting(when: (visit: Visit) => boolean): Change {
  return (base) => ({ admits: (visit) => base.admits(visit) || when(visit) });
}

/** Answers 401 with another status. */
function insteadOf401(status: number): Change {
  const error = { message: 'The provided token is not valid', error_code: 'ERROR_UNKNOWN' };
  return onAnswer((answer) => (answer.status === 401 ? chiftError(status, error) : answer));
}

/** Doors that open too easily, or not for all who hold the key. */
export const authFaults: readonly Fault[] = [
  {
    name: 'no-authentication',
    finding: 'auth.accepted',
    description: 'everything is served without a token',
    change: admitting(() => true),
  },
  {
    name: 'reads-without-token',
    finding: 'auth.accepted',
    description: 'lists are served without a token',
    change: admitting(({ operation }) => operation === 'listContacts'),
  },
  {
    name: 'creates-without-token',
    finding: 'auth.accepted',
    description: 'contacts are created without a token',
    change: admitting((visit) => visit.operation === 'createContact' && credential(visit) === ''),
  },
  {
    name: 'any-token',
    finding: 'auth.accepted',
    description: 'any token is good',
    change: admitting((visit) => /^bearer \S/i.test(credential(visit))),
  },
  {
    name: 'any-scheme',
    finding: 'auth.accepted',
    description: 'a good token is taken under any scheme',
    change: (base) => ({
      admits(visit) {
        const authorization = credential(visit).replace(/^\w+ /, 'Bearer ');
        return base.admits({ ...visit, request: { ...visit.request, headers: [['authorization', authorization]] } });
      },
    }),
  },
  {
    name: 'no-scheme',
    finding: 'auth.accepted',
    description: 'a good token is taken without a scheme',
    change: admitting((visit) => visit.state.isGood(credential(visit), visit.request.receivedAt)),
  },
  {
    name: 'signature-unchecked',
    finding: 'auth.accepted',
    description: 'a token whose signature was altered is good',
    change: admitting((visit) => /^bearer eyJ[\w-]+\.[\w-]+\.[\w-]*$/i.test(credential(visit))),
  },
  {
    name: 'scheme-in-one-case',
    finding: 'auth.refused',
    description: 'only "Bearer" is taken, not "bearer" or "BEARER"',
    change: (base) => ({ admits: (visit) => credential(visit).startsWith('Bearer ') && base.admits(visit) }),
  },
  {
    name: 'stranger-400',
    finding: 'auth.status',
    description: 'a request without a good token is answered 400',
    change: insteadOf401(400),
  },
  {
    name: 'stranger-404',
    finding: 'auth.status',
    description: 'a request without a good token is answered 404',
    change: insteadOf401(404),
  },
  {
    name: 'stranger-500',
    finding: 'response.status.server-error',
    description: 'a request without a good token is answered 500',
    change: insteadOf401(500),
  },
  {
    name: 'reads-one-without-token',
    finding: 'auth.status',
    description: 'single contacts are read without a token',
    change: admitting(({ operation }) => operation === 'getContact'),
  },
  {
    name: 'look-up-without-token',
    finding: 'auth.status',
    description: 'transactions are looked up without a token',
    change: admitting(({ operation }) => operation === 'getTransaction'),
  },
  {
    name: 'token-in-error',
    finding: 'response.error.leak',
    description: 'a validation error repeats the Authorization header',
    change: onStatus('createContact', 422, (answer, { request }) => ({
      ...answer,
      body: { ...(answer.body as Json), message: `rejected: ${header(request.headers, 'authorization')}` },
    })),
  },
];
