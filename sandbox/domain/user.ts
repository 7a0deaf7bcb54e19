/** One person under the ids by which the apps of a merchant know them. */
export type User = { openid?: string | undefined; sub_openid?: string | undefined }
