import type { Identities } from '../../contracts/credentials.ts'

/** The identities of the documented example call. */
export const exampleIdentities: Identities = {
  mchid: '1230000109',
  appid: 'wxd678efh567hg6787',
  subMchid: '1900000109',
  subAppid: 'wxd678efh567hg6999',
  serviceId: '2002000000000558128851361561536',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  subOpenid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
}
