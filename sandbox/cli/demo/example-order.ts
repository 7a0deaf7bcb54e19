import type { BodyOf } from '../../../contracts/endpoints.ts'
import { exampleIdentities } from '../../authority/example-identities.ts'
import { exampleOrderNo, exampleSignPlanId } from '../../world/seeded-merchant.ts'

type OrderBody = BodyOf<'signplan.serviceorder.create.partner'>

const { serviceId, appid, subMchid, subAppid, openid, subOpenid } = exampleIdentities

/** Who takes part in every call of the demo. */
export const parties = {
  service_id: serviceId,
  appid,
  sub_mchid: subMchid,
  sub_appid: subAppid,
}

/** The documented example call. */
export const exampleOrder: OrderBody = {
  ...parties,
  sign_plan_id: exampleSignPlanId,
  plan_detail_no: 2,
  openid,
  sub_openid: subOpenid,
  notify_url: 'https://api.test.com',
  service_introduction: '羽毛球课基础练习课程',
  time_range: {
    start_time: '20091225091010',
    end_time: '20091225121010',
    start_time_remark: '备注1',
    end_time_remark: '备注2',
  },
  location: { start_location: '嗨客时尚主题展餐厅', end_location: '嗨客时尚主题展餐厅' },
  attach: 'Easdfowealsdkjfnlaksjdlfkwqoi&wl3l2sald',
  out_trade_no: exampleOrderNo,
}
