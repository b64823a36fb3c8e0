import { demo } from '../../contracts/chift/index.js';

/** Ids of all contacts of a consumer, as the provider itself tells them. */
export async function contactsAt(url: string, consumer: string = demo.consumerId): Promise<string[]> {
  const login = await fetch(`${url}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(demo.credentials),
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const answer = await fetch(`${url}/consumers/${consumer}/invoicing/contacts?page=${page}&size=100`, {
      headers: { authorization: `Bearer ${token}`, 'x-chift-force-refresh': 'true' },
    });
    const { items, total } = (await answer.json()) as { items: { id: string }[]; total: number };
    ids.push(...items.map(({ id }) => id));
    if (page * 100 >= total) return ids;
  }
}
