import type { Sandbox } from '../../sandbox/sandbox.ts'

/** Calls a route of the control API in-process. */
export const callControl = async (
  { fetch }: Pick<Sandbox, 'fetch'>,
  path: string,
  body?: unknown,
): Promise<{ status: number; type: string | null; body: unknown }> => {
  const answer = await fetch(
    new Request(
      `http://127.0.0.1/_sandbox${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    ),
  )
  const text = await answer.text()

  return {
    status: answer.status,
    type: answer.headers.get('Content-Type'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}
