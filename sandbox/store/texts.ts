import { textTable } from '../../contracts/texts.ts'

/** What the clock says of moments that it cannot stand at. */
export const storeTexts = textTable({
  noMoment: {
    en: '{at} is no moment of the clock; give whole milliseconds since 1970, before {last}.',
    zh: '{at} 不是业务时钟的时刻：应为 1970 年以来的整毫秒数，早于 {last}。',
  },
  backwards: {
    en: 'The clock stands at {now} and only moves forward.',
    zh: '业务时钟现在是 {now}，只能向前拨。',
  },
})

/** Why a state folder cannot be used, or what is said of one that can. */
export const stateTexts = textTable({
  locked: {
    en: 'The state folder {dir} is in use by another sandbox. Stop that one, or give each its own folder.',
    zh: '状态目录 {dir} 正由另一个沙箱使用：先停止它，或者换一个目录。',
  },
  otherVersion: {
    en: 'The state folder {dir} has version {found}; this sandbox reads version {known}. It is left as it is: give another folder, or start the sandbox that wrote it.',
    zh: '状态目录 {dir} 的版本是 {found}，这个沙箱读取版本 {known}。目录保持原样：换一个目录，或者用写入它的那个版本启动。',
  },
  foreign: {
    en: 'The folder {dir} holds something other than the state of a sandbox. It is left as it is: give a folder that is new or empty.',
    zh: '目录 {dir} 里是其他内容，不是沙箱的状态。目录保持原样：指定一个新目录或空目录。',
  },
  damaged: {
    en: 'The state folder {dir} is damaged ({reason}). It is left as it is: restore a copy of it, or give another folder.',
    zh: '状态目录 {dir} 已损坏（{reason}）。目录保持原样：从备份恢复，或者换一个目录。',
  },
  currentMissing: { en: 'the file CURRENT is missing', zh: '缺少文件 CURRENT' },
  logMissing: { en: 'its log is missing', zh: '缺少日志文件' },
  logDamaged: { en: '{name} does not fit its checksums', zh: '{name} 与校验和不符' },
  logTorn: {
    en: 'The state in {dir} ends in a change that is not whole, as after a power loss; what was answered last may be missing. Query it; --state-sync keeps it from happening again.',
    zh: '状态目录 {dir} 的最后一次写入不完整，可能是断电造成的，最后应答的内容可能缺失：查询核对；加 --state-sync 可以避免。',
  },
  unusable: {
    en: 'The state folder {dir} cannot be used ({reason}). Check its place, permissions and free space, or give another folder.',
    zh: '状态目录 {dir} 无法使用（{reason}）。检查路径、权限和剩余空间，或者换一个目录。',
  },
  notWritten: {
    en: 'A change could not be written to the state folder {dir} ({reason}) and has not happened. Free space or mend the disk, then send the request again.',
    zh: '有一次变更无法写入状态目录 {dir}（{reason}），没有生效。释放空间或修复磁盘，然后重新发送请求。',
  },
  deleted: {
    en: 'The state folder {dir} was deleted or replaced while the sandbox runs; no change happens any more. Save what is remembered with GET /_sandbox/world, then start again.',
    zh: '状态目录 {dir} 在运行期间被删除或替换，不再接受任何变更。用 GET /_sandbox/world 保存现有数据，然后重新启动。',
  },
  clockBack: {
    en: 'The clock of this machine is behind the last change in the state folder. Business time goes on from there; set the clock right, or signatures are refused.',
    zh: '本机时钟早于状态目录中的最后一次变更。业务时钟从那一刻继续；校准本机时钟，否则验签会因时间戳被拒绝。',
  },
})
