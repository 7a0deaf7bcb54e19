/** A word that every POSIX shell takes as it stands. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/** A signed request as curl sends it; good for as long as its timestamp is. */
export const curlCommand = (request: Request, body: string): string => {
  const headers = [...request.headers].map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const data = body === '' ? [] : [`--data-raw ${quoted(body)}`]

  return [`curl -i -X ${request.method} ${quoted(request.url)}`, ...headers, ...data].join(
    ' \\\n  ',
  )
}

type Call = {
  method: string
  /** Origin and target apart: only the target is signed. */
  origin: string
  target: string
  body: string
  mchid: string
  serial: string
  /** The merchant's private key, PEM. */
  keyFile: string
}

/** The same call by bash and openssl alone, signed anew each time that it runs. */
export const bashScript = ({ method, origin, target, body, mchid, serial, keyFile }: Call) => `\
method=${method} target=${quoted(target)} body=${quoted(body)}
timestamp=$(date +%s) nonce=$(openssl rand -hex 16)
signature=$(printf '%s\\n%s\\n%s\\n%s\\n%s\\n' "$method" "$target" "$timestamp" "$nonce" "$body" |
  openssl dgst -sha256 -sign ${quoted(keyFile)} | openssl base64 -A)
curl -i -X "$method" ${quoted(origin)}"$target" \${body:+--data-raw "$body"} \\
  -H 'Accept: application/json' -H 'Content-Type: application/json' \\
  -H "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\\"${mchid}\\",nonce_str=\\"$nonce\\",\\
timestamp=\\"$timestamp\\",serial_no=\\"${serial}\\",signature=\\"$signature\\""`
