import { expect, test } from 'vitest'
import { fillTemplate, fitsTemplate, parametersOf } from '../../contracts/paths.ts'

const template = '/v3/payscore/partner/serviceorder/{out_order_no}/cancel'

test('a template is filled by the names of its parameters', () => {
  expect(fillTemplate(template, (name) => `:${name}`)).toBe(
    '/v3/payscore/partner/serviceorder/:out_order_no/cancel',
  )
})

test('a path that fits gives its parameters, decoded', () => {
  const path = fillTemplate(template, () => encodeURIComponent('课/1'))

  expect(fitsTemplate(template, path)).toBe(true)
  expect(parametersOf(template, path)).toEqual({ out_order_no: '课/1' })
})

test.each(['/v3/payscore/partner/serviceorder//cancel', '/v3/certificates'])(
  '%s is not of the template and has none',
  (path) => {
    expect(parametersOf(template, path)).toBeUndefined()
  },
)
