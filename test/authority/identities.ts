import type { Identities } from '../../contracts/credentials.ts'

export const identities: Identities = {
  mchid: '1900000001',
  appid: 'wxd678efh567hg6787',
  subMchid: '1900000109',
  subAppid: 'wxd678efh567hg6999',
  serviceId: '500001',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  subOpenid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeSs6o',
}
export const further: Identities = { ...identities, mchid: '1900000002' }
