/** The package's version, as the User-Agent tells it; a test holds it to package.json. */
export const version = '0.1.0'
