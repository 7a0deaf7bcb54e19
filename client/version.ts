/** The package's version, as the User-Agent says it; a test compares it with package.json. */
export const version = '0.1.0'
