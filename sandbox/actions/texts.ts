import { textTable } from '../../contracts/texts.ts'

/** Why something cannot be planned. */
export const actionTexts = textTable({
  tooManyPlanned: {
    en: 'At most {most} outcomes of one kind wait for a merchant, and {pending} do already. Let some be used up, or reset.',
    zh: '一个商户同一类结果最多预设 {most} 个，已有 {pending} 个：先用掉一些，或重置。',
  },
})
