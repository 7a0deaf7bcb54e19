import { textTable } from '../../contracts/texts.ts'

/** What the journal says beside the wire's own words. */
export const journalTexts = textTable({
  tooManyWatchers: {
    en: '{most} watch the journal already. Close some streams.',
    zh: '已有 {most} 个连接在看请求记录：先关闭一些。',
  },
})
