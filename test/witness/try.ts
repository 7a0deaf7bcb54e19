import { startPlugin } from './plugin.ts'
declare const c: any
const w = startPlugin(c, { baseURL: '' })
const a = await w.chain('v3/x').post({ a: 1 }, { params: { b: 1 } })
const b: number = a.data
const d: string = await w['v3']
