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
