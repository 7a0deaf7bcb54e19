import { expect, test } from 'vitest'
import { courseOf, courseOfFirstSeed, inventCourse } from '../../sandbox/world/shop-course.ts'

test('the course of the first seed is what faker invents for it', async () => {
  expect(courseOfFirstSeed).toEqual(await inventCourse(1))
})

test('another seed gives another course, and always the same', async () => {
  const course = await courseOf(2)

  expect(course.no).not.toBe(courseOfFirstSeed.no)
  expect(await courseOf(2)).toEqual(course)
})
