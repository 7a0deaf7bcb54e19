import { eastAsianWidth } from 'get-east-asian-width'

/** How many cells of a terminal a text takes: a Chinese character takes two. */
export const cellsOf = (text: string): number => {
  let cells = 0
  for (const character of text) cells += eastAsianWidth(character.codePointAt(0) ?? 0)
  return cells
}
