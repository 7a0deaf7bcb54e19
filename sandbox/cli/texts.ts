import { textTable } from '../../contracts/texts.ts'

/** Why a value of an option, a file or an address cannot be taken. */
export const inputTexts = textTable({
  wholeNumber: {
    en: 'Expected a whole number from 0 to {most}.',
    zh: '应为 0 至 {most} 的整数。',
  },
  share: { en: 'Expected a number from 0 to 1.', zh: '应为 0 至 1 的数。' },
  address: {
    en: 'Expected an address such as http://127.0.0.1:8130/notify.',
    zh: '应为地址，例如 http://127.0.0.1:8130/notify。',
  },
  noFile: { en: 'There is no file {path}.', zh: '没有文件 {path}。' },
  portTaken: {
    en: 'Port {place} is taken. Choose another with --port.',
    zh: '端口 {place} 已被占用，用 --port 换一个。',
  },
  portForbidden: {
    en: 'Port {place} may not be used. Choose another with --port.',
    zh: '端口 {place} 不允许使用，用 --port 换一个。',
  },
  notOfThisMachine: {
    en: 'The address {address} is not one of this machine. Check --host.',
    zh: '{address} 不是本机的地址，检查 --host 的地址。',
  },
})
