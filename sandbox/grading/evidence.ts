import type { Sentence } from '../../contracts/texts.ts'

/** What was sent, and what came back. */
export type CheckEvidence = {
  sent: Sentence
  got: Sentence
  /** What is special about a callback, in one word for machines. */
  code?: string
  /** 0 without an answer. */
  status?: number
  /** Its number in the sandbox's journal. */
  entry?: number
}

/** A receiver may answer anything, and reports go to terminals and into XML. */
export const printable = (answer: string): string =>
  answer.slice(0, 160).replaceAll(/[\p{C}\s]+/gu, ' ')
