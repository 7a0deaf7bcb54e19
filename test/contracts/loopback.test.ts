import { expect, test } from 'vitest'
import { isLoopback } from '../../contracts/loopback.ts'

test.each([
  'http://localhost:8129',
  'http://LOCALHOST',
  'http://127.0.0.1',
  'http://127.9.9.9:1',
  'http://2130706433',
  'http://[::1]:80',
])('%s is this machine', (url) => {
  expect(isLoopback(new URL(url).hostname)).toBe(true)
})

test.each([
  'http://localhost.example',
  'http://127.0.0.1.example',
  'http://128.0.0.1',
  'http://0.0.0.0',
  'http://[::2]',
  'https://api.mch.weixin.qq.com',
])('%s is another', (url) => {
  expect(isLoopback(new URL(url).hostname)).toBe(false)
})
