import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contract } from '../../contracts/chift/index.js';
import { HarnessError } from '../errors.js';
import type { Contract } from './contract.js';
import type { Endpoint } from './endpoint.js';
import { fillPath, parametersOf, pathPattern, route } from './route.js';

const consumer = '6c1f6c4e-7b1a-4b70-9a0d-0c4a0f8e2b11';
const contacts = `/consumers/${consumer}/invoicing/contacts`;
const idOf = (method: string, url: string, basePath?: string) => route(contract, method, url, basePath)?.endpoint.id;

describe('a route', () => {
  it.each([
    ['POST', contacts, 'createContact'],
    ['post', `https://api.chift.eu${contacts}`, 'createContact'],
    ['GET', `${contacts}?page=2`, 'listContacts'],
    ['GET', `${contacts}/`, 'listContacts'],
    ['GET', `${contacts}/c-1`, 'getContact'],
    ['GET', `${contacts}/c-1/`, 'getContact'],
    ['GET', `${contacts}/c-1/more`, undefined],
    ['DELETE', contacts, undefined],
    ['GET', '/nothing/x', undefined],
    ['GET', '', undefined],
    ['GET', 'http://[', undefined],
    ['GET', `/${contacts}`, undefined],
    ['GET', `http://a.example/x${contacts}`, undefined],
  ])('of %s %s is %s', (method, url, id) => expect(idOf(method, url)).toBe(id));

  it('is found below a base path, and only there', () => {
    expect(idOf('POST', `/v1${contacts}`, '/v1')).toBe('createContact');
    expect(idOf('POST', `https://api.chift.eu/v1${contacts}`, '/v1/')).toBe('createContact');
    expect(idOf('POST', contacts, '/v1')).toBeUndefined();
    expect(idOf('POST', `/v10${contacts}`, '/v1')).toBeUndefined();
  });

  it('reads its parameters back, however they are spelled', () => {
    const id = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed() && !/^\.+$/.test(text));
    const query = fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(id, query, (contact_id, asked) => {
        const path = fillPath('/consumers/{consumer_id}/invoicing/contacts/{contact_id}', {
          consumer_id: consumer,
          contact_id,
        });
        const found = route(contract, 'GET', `${path}?${new URLSearchParams(asked)}`);
        expect(found?.endpoint.id).toBe('getContact');
        expect(found?.params).toEqual({ consumer_id: consumer, contact_id });
        expect({ ...found?.query }).toEqual({ ...asked });
      }),
      { seed: 1 },
    );
  });

  it('leaves what is no percent-encoding as it came', () => {
    expect(route(contract, 'GET', `${contacts}/100%`)?.params['contact_id']).toBe('100%');
  });

  it('that says more with words goes before one with a parameter', () => {
    const [any] = contract.endpoints;
    const at = (id: string, path: string): Endpoint => ({ ...any!, id, method: 'GET', path });
    const two: Contract = { ...contract, endpoints: [at('one', '/a/{b}'), at('me', '/a/me')] };
    expect(route(two, 'GET', '/a/me')?.endpoint.id).toBe('me');
    expect(route(two, 'GET', '/a/you')?.endpoint.id).toBe('one');
  });
});

describe('a path template', () => {
  it('takes every character but braces by its word', () => {
    expect(pathPattern('/a.b/(c)').test('/a.b/(c)')).toBe(true);
    expect(pathPattern('/a.b').test('/axb')).toBe(false);
    expect(pathPattern('/{not-a-name}').test('/{not-a-name}')).toBe(true);
  });

  it('names its parameters in order', () => expect(parametersOf('/a/{b}/{c_1}')).toEqual(['b', 'c_1']));

  it.each(['a/{b}', '', '/a/{b}/{b}'])('%j is refused', (template) =>
    expect(() => pathPattern(template)).toThrow(HarnessError),
  );

  it('is not filled without a value', () =>
    expect(() => fillPath('/a/{b}', {})).toThrow('path /a/{b} needs a value for b'));
});
