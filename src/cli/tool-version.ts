import manifest from '../../package.json' with { type: 'json' };

/** Version of this package, as reports name it. */
export const toolVersion: string = manifest.version;
