import { textTable } from '../../contracts/texts.ts'

/** What the rules say to people beside the wire's own words. */
export const domainTexts = textTable({
  differs: {
    en: '{member} was {first} in the first request and is {now} in this one. A repeat must carry the same parameters: keep those of the first request and send them again.',
    zh: '{member} 与首次请求不同：首次是 {first}，这次是 {now}。重入时参数要与首次请求相同：保存首次请求的参数，重试时原样再传。',
  },
  absent: { en: 'not there', zh: '未传' },
})
