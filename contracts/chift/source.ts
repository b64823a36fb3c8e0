/** The published document that the models follow. */
export const publishedVersion = '2026-08-21';

/** Citation of a component or operation of the published OpenAPI document. */
export function published(place: string): string {
  return `Chift OpenAPI ${publishedVersion}, ${place}`;
}

/** Citation of a page of the provider's documentation. */
export function documented(page: string): string {
  return `docs.chift.eu/${page}`;
}
