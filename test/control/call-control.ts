/** Calls a route of the control API as a program on this machine does. */
export const callControl = async (
  { url }: { url: string },
  path: string,
  body?: unknown,
): Promise<{ status: number; type: string | null; body: unknown }> => {
  const answer = await fetch(
    `${url}/_sandbox${path}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  )
  const text = await answer.text()

  return {
    status: answer.status,
    type: answer.headers.get('Content-Type'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}
