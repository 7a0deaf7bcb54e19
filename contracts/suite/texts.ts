import { textTable } from '../texts.ts'

/** How much of the contract the suite exercises. */
export const coverageTexts = textTable({
  operations: { en: 'operations', zh: '接口' },
  situations: { en: 'situations', zh: '拒绝' },
  edges: { en: 'edges', zh: '状态变化' },
  fields: { en: 'fields', zh: '字段' },
  share: { en: '{what}: {exercised} of {total}', zh: '{what}：共 {total} 个，覆盖 {exercised} 个' },
  missing: { en: '  not: {name}', zh: '  缺少：{name}' },
  lacking: {
    en: 'Of the {what}, {exercised} of {total} are exercised.',
    zh: '{what}共 {total} 个，只覆盖了 {exercised} 个。',
  },
})
