/** The body of the documented example call; it fits a fresh sandbox. */
export const exampleOrder = {
  service_id: '2002000000000558128851361561536',
  sign_plan_id: '01000033210000324638000000376258',
  plan_detail_no: 2,
  appid: 'wxd678efh567hg6787',
  sub_mchid: '1900000109',
  sub_appid: 'wxd678efh567hg6999',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  sub_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
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
  out_trade_no: '1514323JSVDFE1243252',
}
