type Place = { url: string; credentials: string; mchid: string }

/** What a person sees when the sandbox runs: where it is, what to sign with, what to paste. */
export const snippet = ({ url, credentials, mchid }: Place): string => `
  wechatpay-sandbox listens on ${url}

  merchant      ${mchid}
  credentials   ${credentials}
  API           ${url}/openapi.json
  control       ${url}/_sandbox/openapi.json

  Paste this into another terminal, in this folder:

node --input-type=module -e "
import { Wechatpay } from 'wechatpay-sandbox/client'
const wxpay = await Wechatpay.fromCredentials('${credentials}', { baseUrl: '${url}' })
const { data } = await wxpay.v3.payscore.plan.partner.payscorePlans.merchantPlanNo._merchant_plan_no_.get({
  merchant_plan_no: 'BADMINTON2026', query: { sub_mchid: '1900000109' } })
console.log(data)"

`
