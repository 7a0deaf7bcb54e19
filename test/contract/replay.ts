import { HttpResponse, http } from 'msw'
import type { Replay } from '../../contracts/replay/replay.ts'

/** Lets a replay answer what would have gone to WeChat Pay. */
export const replayHandler = (answer: Replay) =>
  http.all(
    'https://api.mch.weixin.qq.com/*',
    async ({ request }) => (await answer(request)) ?? HttpResponse.error(),
  )
