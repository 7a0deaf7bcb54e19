/** The seed endpoint's call as a person pastes it: the sandbox's keys, its address, one query. */
export const snippet = ({ url, credentials }: { url: string; credentials: string }): string => `
node --input-type=module -e "
import { Wechatpay } from 'wechatpay-sandbox/client'
const wxpay = await Wechatpay.fromCredentials('${credentials}', { baseUrl: '${url}' })
const { data } = await wxpay.v3.payscore.plan.partner.payscorePlans.merchantPlanNo._merchant_plan_no_.get({
  merchant_plan_no: 'BADMINTON2026', query: { sub_mchid: '1900000109' } })
console.log(data)"

`
