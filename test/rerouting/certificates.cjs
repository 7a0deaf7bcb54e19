// What the manual of wechatpay-node-v3 says: nothing here knows of a sandbox but the key files.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const Pay = require('wechatpay-node-v3')

const read = (name) => readFileSync(join(process.env.WECHATPAY_SANDBOX_DIR, name))
const { mchid, appid, apiv3Key } = JSON.parse(read('credentials.json'))
const pay = new Pay({
  appid,
  mchid,
  publicKey: read('apiclient_cert.pem'),
  privateKey: read('apiclient_key.pem'),
})

pay.get_certificates(apiv3Key).then(([certificate]) => console.log(certificate.serial_no))
