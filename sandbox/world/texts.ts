import { textTable } from '../../contracts/texts.ts'

/** Why a world cannot be taken, or kept under a name. */
export const worldTexts = textTable({
  notJson: {
    en: 'The world is not JSON; it may be cut off. Export it anew.',
    zh: '数据文件不是 JSON，可能不完整：重新导出。',
  },
  foreign: {
    en: 'This is not a world of wechatpay-sandbox.',
    zh: '这不是 wechatpay-sandbox 的数据文件。',
  },
  otherVersion: {
    en: 'The world has version {found}; this sandbox reads version {known}.',
    zh: '数据文件的版本是 {found}，这个沙箱读取版本 {known}。',
  },
  damaged: { en: 'The world is damaged at {problem}.', zh: '数据文件损坏：{problem}。' },
  dueMisfit: {
    en: 'nothing is ever due in this state',
    zh: '处于这个状态时没有到期时间',
  },
  merchantUnknown: {
    en: 'The world holds merchant {mchid}, whose keys are not here. Add the merchant first.',
    zh: '数据文件中有商户 {mchid}，这里没有它的密钥：先添加这个商户。',
  },
  stateOfAnother: {
    en: 'The state folder holds merchant {mchid}, whose keys are not in the credentials folder. Start with the credentials folder that belongs to it, or with another state folder.',
    zh: '状态目录中有商户 {mchid}，凭据目录里没有它的密钥。用与它对应的凭据目录启动，或者换一个状态目录。',
  },
  notTakenUp: {
    en: 'The world is not taken up: the state folder holds one already and goes on from it. To begin with this world, give a state folder that is new.',
    zh: '没有读取数据文件：状态目录中已有数据，从那里继续。要从这个数据文件开始，指定一个新的状态目录。',
  },
  snapshotName: {
    en: 'A snapshot is named with 1 to 64 letters, digits, "_" and "-".',
    zh: '快照名由 1 至 64 个字母、数字、“_”和“-”组成。',
  },
  tooManySnapshots: {
    en: 'At most {most} snapshots of {mebibytes} MiB together are kept. Drop one by POST /_sandbox/snapshots/NAME/drop.',
    zh: '最多保留 {most} 个快照，合计不超过 {mebibytes} MiB：用 POST /_sandbox/snapshots/NAME/drop 删除一个。',
  },
  snapshotUnknown: {
    en: 'Nothing was kept under the name {name}.',
    zh: '没有名为 {name} 的快照。',
  },
})
