import { textTable } from '../texts.ts'

/** Why a file holds no recordings. */
export const harTexts = textTable({
  noLog: {
    en: '{name} is JSON but not HAR: it has no log.',
    zh: '{name} 是 JSON，但不是 HAR：缺少 log。',
  },
  foreign: {
    en: '{name} is no recording of wechatpay-sandbox: log.{member} is missing or unknown. Record it with wechatpay-sandbox record.',
    zh: '{name} 不是 wechatpay-sandbox 的录制文件：log.{member} 缺失或无法识别。用 wechatpay-sandbox record 录制。',
  },
  notHar: {
    en: '{name} is not HAR 1.2: {member} is missing or of another kind.',
    zh: '{name} 不是 HAR 1.2：{member} 缺失或类型不对。',
  },
  notJson: {
    en: '{name} cannot be replayed: the {part} of entry {index} ({method} {url}) says it is JSON and is not.',
    zh: '{name} 无法回放：第 {index} 条（{method} {url}）的{part}声明为 JSON，实际不是。',
  },
  damaged: {
    en: '{name} is not JSON: it was cut off or is damaged. Record it again.',
    zh: '{name} 不是 JSON：文件被截断或已损坏。重新录制。',
  },
  request: { en: 'request', zh: '请求' },
  answer: { en: 'answer', zh: '应答' },
})
