import { textTable } from '../../contracts/texts.ts'

/** Why a value of an option, a file or an address cannot be taken. */
export const inputTexts = textTable({
  wholeNumber: {
    en: 'Expected a whole number from 0 to {most}.',
    zh: '应为 0 至 {most} 的整数。',
  },
  share: { en: 'Expected a number from 0 to 1.', zh: '应为 0 至 1 的数。' },
  address: {
    en: 'Expected an address such as http://127.0.0.1:8130/notify.',
    zh: '应为地址，例如 http://127.0.0.1:8130/notify。',
  },
  noFile: { en: 'There is no file {path}.', zh: '没有文件 {path}。' },
  worldUnwritable: {
    en: 'The world cannot be kept in {folder} ({code}). Choose another place with --world.',
    zh: '数据文件无法写入 {folder}（{code}）。用 --world 换一个位置。',
  },
  worldLocked: {
    en: '{file} is locked ({code}), so that the world could not be kept there at the end. Make it writable, or choose another file with --world.',
    zh: '{file} 不可写（{code}），结束时数据无法写回。改为可写，或用 --world 换一个文件。',
  },
  worldLinked: {
    en: '{file} is a link, which would be replaced at the end. Name the file itself: --world {target}',
    zh: '{file} 是符号链接，结束时会被替换。直接指定文件本身：--world {target}',
  },
  fileUnusable: {
    en: '{path} cannot be used ({code}).',
    zh: '{path} 无法使用（{code}）。',
  },
  portTaken: {
    en: 'Port {place} is taken. Choose another with --port.',
    zh: '端口 {place} 已被占用，用 --port 换一个。',
  },
  portForbidden: {
    en: 'Port {place} may not be used. Choose another with --port.',
    zh: '端口 {place} 不允许使用，用 --port 换一个。',
  },
  notOfThisMachine: {
    en: 'The address {address} is not one of this machine. Check --host.',
    zh: '{address} 不是本机的地址，检查 --host 的地址。',
  },
})

/** What the client says of a credentials folder that it cannot read; its errors are English. */
export const credentialsFolderTexts = textTable({
  fileMissing: {
    en: '{folder} is not a credentials folder: {file} is not there. A sandbox writes one when it starts; give its path.',
    zh: '{folder} 不是凭据目录：缺少 {file}。沙箱启动时会生成这个目录，指定它的路径。',
  },
  notObject: {
    en: '{folder} is not a credentials folder: {file} is not a JSON object. A sandbox writes one when it starts; give its path.',
    zh: '{folder} 不是凭据目录：{file} 不是 JSON 对象。沙箱启动时会生成这个目录，指定它的路径。',
  },
  membersUnusable: {
    en: '{folder} is not a credentials folder: {file} has no usable {members}. A sandbox writes one when it starts; give its path.',
    zh: '{folder} 不是凭据目录：{file} 里没有可用的 {members}。沙箱启动时会生成这个目录，指定它的路径。',
  },
})

/** What is wrong with the words after the program's name. */
export const usageTexts = textTable({
  language: {
    en: 'Unknown language: {name}. Choices: {choices}.',
    zh: '没有“{name}”这种语言，可以选：{choices}。',
  },
  optionUnknown: {
    en: "error: unknown option '{option}'; --help lists them all",
    zh: '没有 {option} 这个参数；--help 列出全部参数。',
  },
  optionLike: {
    en: "error: unknown option '{option}'; did you mean {like}?",
    zh: '没有 {option} 这个参数，是不是 {like}？',
  },
  commandUnknown: {
    en: "error: unknown command '{command}'; --help lists them all",
    zh: '没有 {command} 这个命令；--help 列出全部命令。',
  },
  commandLike: {
    en: "error: unknown command '{command}'; did you mean {like}?",
    zh: '没有 {command} 这个命令，是不是 {like}？',
  },
  valueMissing: {
    en: "error: option '{option}' argument missing",
    zh: '参数 {option} 缺少值。',
  },
  optionMissing: {
    en: "error: required option '{option}' not specified",
    zh: '缺少参数 {option}。',
  },
  stateSyncAlone: {
    en: "error: option '--state-sync' needs --state",
    zh: '--state-sync 要与 --state 一起使用。',
  },
  tooManyArguments: { en: 'error: too many arguments', zh: '多余的参数。' },
  valueInvalid: {
    en: "error: option '{option}' argument '{value}' is invalid. {reason}",
    zh: '参数 {option} 的值“{value}”无效。{reason}',
  },
  choices: { en: 'Allowed choices are {choices}.', zh: '可以选：{choices}。' },
})

/** The words of every `--help`. */
export const helpTexts = textTable({
  program: {
    en: 'A local WeChat Pay for people who build against its PayScore plans and basic payments.',
    zh: '在本机运行的微信支付沙箱，用于对接支付分计划和基础支付。',
  },
  usage: { en: 'Usage:', zh: '用法' },
  arguments: { en: 'Arguments:', zh: '输入：' },
  options: { en: 'Options:', zh: '参数：' },
  commands: { en: 'Commands:', zh: '命令：' },
  optionsPlace: { en: '[options]', zh: '[参数]' },
  commandPlace: { en: '[command]', zh: '[命令]' },
  described: { en: '{description} ({extra})', zh: '{description}（{extra}）' },
  choices: { en: 'choices: {choices}', zh: '可选：{choices}' },
  default: { en: 'default: {value}', zh: '默认：{value}' },
  betweenExtras: { en: ', ', zh: '；' },
  help: { en: 'display help for command', zh: '显示帮助' },
  version: { en: 'output the version number', zh: '显示版本号' },
  controlToken: {
    en: 'token of its control API; by default WECHATPAY_SANDBOX_CONTROL_TOKEN of the environment',
    zh: '它的控制接口的令牌，默认取环境变量 WECHATPAY_SANDBOX_CONTROL_TOKEN',
  },
  language: {
    en: 'zh or en; by default that of the environment',
    zh: '输出的语言，zh 或 en；默认按环境变量',
  },
})

/** The words of `start --help`. */
export const startHelpTexts = textTable({
  description: { en: 'run the sandbox until it is interrupted', zh: '运行沙箱，直到被中断' },
  port: { en: 'port to listen on, 0 for any free one', zh: '监听的端口，0 表示任意空闲端口' },
  host: { en: 'address to listen on', zh: '监听的地址' },
  controlToken: {
    en: 'what callers of /_sandbox must show; by default WECHATPAY_SANDBOX_CONTROL_TOKEN of the environment, else one is made unless --host is loopback',
    zh: '调用 /_sandbox 需要的令牌；默认取环境变量 WECHATPAY_SANDBOX_CONTROL_TOKEN，没有时，--host 不是本机地址则自动生成',
  },
  dir: {
    en: 'credentials folder, made at the first start',
    zh: '凭据目录，首次启动时生成',
  },
  seed: { en: 'the same seed gives the same shop', zh: '种子相同，生成的店铺就相同' },
  json: {
    en: 'print one line of JSON when requests are served',
    zh: '可以接收请求时输出一行 JSON',
  },
  quiet: { en: 'log nothing to standard error', zh: '不在标准错误输出中写日志' },
  controlLog: {
    en: 'leave calls of the control API out of the log',
    zh: '日志中不写对控制接口的调用',
  },
  settlementDelay: {
    en: 'seconds of business time until a charge or a refund ends by itself',
    zh: '扣款和退款自行结束前的业务时间秒数',
  },
  state: {
    en: 'folder that keeps everything for the next start; by default all is gone at the end',
    zh: '状态目录，下次启动从这里继续；默认结束后不保留任何数据',
  },
  stateSync: {
    en: 'with --state: wait for the disk at every change, so that a power loss loses nothing',
    zh: '与 --state 一起用：每次变更都等到写入磁盘，断电也不丢失',
  },
  world: {
    en: 'take up the world in this file, and keep it there at the end',
    zh: '启动时读取这个数据文件，结束时写回',
  },
  notifyAllow: {
    en: 'a host that callbacks may go to; may be repeated',
    zh: '允许接收回调的主机，可以多次给出',
  },
  notifyTo: { en: 'one receiver for all callbacks', zh: '所有回调都发到这个地址' },
  platformKeys: {
    en: 'which key signs; switching: whichever is asked for',
    zh: '用哪把密钥签名；switching 表示按请求指定的',
  },
  probeAnswers: {
    en: 'share of answers with a signature that fails',
    zh: '应答中签名探测流量的比例',
  },
  probeCallbacks: { en: 'share of callbacks with one', zh: '回调中签名探测流量的比例' },
  explainHeader: {
    en: 'say in X-Sandbox-Diagnosis why a signature does not fit',
    zh: '用 X-Sandbox-Diagnosis 头说明验签不通过的原因',
  },
  strictTime: {
    en: 'refuse service times in the past, as WeChat Pay documents',
    zh: '按微信支付文档，拒绝已经过去的服务时间',
  },
  lenientSums: {
    en: 'let plans pass whose totals are not the sum of their details',
    zh: '总额不等于各计划详情之和的计划也放行',
  },
  initialOrderState: { en: 'what a plan order begins as', zh: '服务订单的初始状态' },
  orderReentry: {
    en: 'how a known out_trade_no with other parameters is refused: INVALID_REQUEST, or OUT_TRADE_NO_USED',
    zh: '下单时单号重复而参数不同的应答：INVALID_REQUEST，或 OUT_TRADE_NO_USED',
  },
  closeUnknown: {
    en: 'whether closing an unknown out_trade_no is accepted, or refused',
    zh: '关闭不存在的单号是接受还是拒绝',
  },
  cancelWhilePaying: {
    en: 'whether a completed order may be cancelled',
    zh: '已完结的订单能否取消',
  },
})

/** The words of `exec`. */
export const execTexts = textTable({
  description: {
    en: 'run a program whose calls to WeChat Pay reach a sandbox, nothing in it changed',
    zh: '运行一个程序，它对微信支付的请求都由沙箱应答，程序不用改动',
  },
  command: { en: 'the program and its arguments, after --', zh: '程序和它的参数，写在 -- 之后' },
  url: {
    en: 'a sandbox that runs already; by default one is started for the program',
    zh: '已经在运行的沙箱；默认专为这个程序启动一个',
  },
  dir: {
    en: 'credentials folder; the certificate for the host names is kept in it',
    zh: '凭据目录，域名证书也放在里面',
  },
  proxyPort: { en: 'port of the proxy, 0 for any free one', zh: '代理的端口，0 表示任意空闲端口' },
  offline: { en: 'let the program reach no other host', zh: '不让程序访问其他主机' },
  printEnv: {
    en: 'print the environment as NAME=VALUE instead, and go on until interrupted',
    zh: '不运行程序，输出环境变量（NAME=VALUE），直到被中断',
  },
  quiet: { en: 'log nothing to standard error', zh: '不在标准错误输出中写日志' },
  oneOf: {
    en: 'Expected a program after --, or --print-env, and not both.',
    zh: '在 -- 之后写要运行的程序，或者用 --print-env，两者选一个。',
  },
  ready: {
    en: 'WeChat Pay is the sandbox at {url}; requests and reasons: {url}/_sandbox',
    zh: '微信支付由沙箱应答：{url}；请求记录和原因见 {url}/_sandbox',
  },
  refused: {
    en: '{host} was not reached: --offline.',
    zh: '因为 --offline，没有访问 {host}。',
  },
  distrusted: {
    en: 'A program broke off when it saw the certificate of the sandbox: if it does not trust it, give it {dir}/tls/authority.pem as an authority.',
    zh: '程序收到沙箱的证书后断开了连接：如果是不信任这张证书，把 {dir}/tls/authority.pem 加到它信任的 CA 里。',
  },
  notFound: {
    en: 'There is no program {command}. Check its name and PATH.',
    zh: '没有 {command} 这个程序，检查名称和 PATH。',
  },
  notRun: {
    en: '{command} could not be run: {reason}',
    zh: '{command} 无法运行：{reason}',
  },
})

/** The words of `curl`. */
export const curlTexts = textTable({
  description: {
    en: 'sign a call with the keys of the folder, send it, verify the answer and print it',
    zh: '用凭据目录的密钥签名并发送一个请求，验签后输出应答',
  },
  method: { en: 'GET, POST …', zh: 'GET、POST 等' },
  target: {
    en: 'path and query, such as /v3/certificates',
    zh: '路径和查询参数，例如 /v3/certificates',
  },
  data: {
    en: 'file with the body, - for standard input; sent byte for byte',
    zh: '请求体所在的文件，- 表示标准输入；原样发送',
  },
  url: { en: 'the sandbox', zh: '沙箱的地址' },
  dir: { en: 'credentials folder', zh: '凭据目录' },
  print: {
    en: 'print the call for curl, and for bash with openssl, in place of sending it',
    zh: '不发送，输出等价的 curl 命令，以及只用 bash 和 openssl 的写法',
  },
  notMethod: {
    en: '{method} is no method: expected GET, POST or the like.',
    zh: '{method} 不是请求方法，应为 GET、POST 等。',
  },
  notTarget: {
    en: '{target} does not begin with /: give path and query; the host goes to --url.',
    zh: '{target} 不以斜杠开头：这里写路径和查询参数，主机用 --url 指定。',
  },
  verified: {
    en: '{status}, Request-ID {requestId}, signature of {serial} verified',
    zh: '{status}，Request-ID {requestId}，验签通过（{serial}）',
  },
  refused: {
    en: '{status}, Request-ID {requestId}; why: {url}/_sandbox',
    zh: '{status}，Request-ID {requestId}；原因见 {url}/_sandbox',
  },
  forFiveMinutes: {
    en: 'signed already: can be sent for five minutes',
    zh: '已经签名，五分钟内可以发送',
  },
  forEver: {
    en: 'signs anew each time, with bash and openssl alone',
    zh: '每次重新签名，只用 bash 和 openssl',
  },
})

/** The words of `trigger`. */
export const triggerTexts = textTable({
  description: {
    en: 'post one callback to a receiver, signed and encrypted as WeChat Pay does; no sandbox needs to run',
    zh: '向接收地址发送一条回调通知，签名和加密与微信支付相同，不需要先启动沙箱',
  },
  event: { en: 'one of {events}', zh: '通知的类型，可选：{events}' },
  eventUnknown: {
    en: 'There is no event {name}. Choices: {events}.',
    zh: '没有 {name} 这种通知，可以选：{events}。',
  },
  to: { en: 'the receiver', zh: '接收地址' },
  dir: {
    en: 'credentials folder, made at the first use',
    zh: '凭据目录，首次使用时生成',
  },
  fault: { en: 'what is wrong with it, on purpose', zh: '故意制造的问题' },
  resource: {
    en: 'JSON members of the resource, in place of those of the sample',
    zh: '通知内容里要替换的成员（JSON）',
  },
  resourceExpected: {
    en: 'Expected a JSON object such as {"out_order_no":"A1"}.',
    zh: '应为 JSON 对象，例如 {"out_order_no":"A1"}。',
  },
  answered: {
    en: '{event} {id} to {to}: {status}',
    zh: '{event} {id} 已发到 {to}：{status}',
  },
  unanswered: {
    en: '{event} {id}: no answer from {to} ({reason}). Start the receiver, or name it with --to.',
    zh: '{event} {id}：{to} 没有应答（{reason}）。先启动接收程序，或者用 --to 指定地址。',
  },
  acceptedForged: {
    en: 'The receiver accepted a callback that does not come from WeChat Pay: it must verify the signature first.',
    zh: '这条通知不是微信支付发的，接收程序却应答成功：要先验签。',
  },
  refusedGenuine: {
    en: 'The receiver refused a genuine callback: WeChat Pay would send it again and again.',
    zh: '接收程序没有接受真实的通知：微信支付会反复重发。',
  },
})

/** What a person sees when the sandbox runs. */
export const bannerTexts = textTable({
  stateInMemory: {
    en: 'in memory, gone at the end; --state DIR keeps it',
    zh: '只在内存中，结束后消失；--state DIR 可以保留',
  },
  worldLost: {
    en: 'Ended at once: what happened since the start is not in {file}.',
    zh: '立即结束：启动以来的变化没有写入 {file}。',
  },
  token: {
    en: `
  Not only this machine reaches this address, so /_sandbox wants a token:

  programs      Authorization: Bearer {token}
  browser       {url}/_sandbox?token={token}
`,
    zh: `
  这个地址不只本机可以访问，调用 /_sandbox 需要令牌：

  程序          Authorization: Bearer {token}
  浏览器        {url}/_sandbox?token={token}
`,
  },
  ready: {
    en: `
  wechatpay-sandbox listens on {url}

  merchant      {mchid}
  credentials   {credentials}
  state         {state}
  API           {url}/openapi.json
  control       {url}/_sandbox/openapi.json

  Paste this into another terminal, in this folder:
`,
    zh: `
  沙箱已启动：{url}

  商户号        {mchid}
  凭据目录      {credentials}
  状态          {state}
  接口文档      {url}/openapi.json
  控制接口      {url}/_sandbox/openapi.json

  在另一个终端里进入这个目录，粘贴运行：
`,
  },
})

/** The words of a log line that are not of the wire. */
export const logTexts = textTable({
  waiting: {
    en: 'The clock waits for {callbacks} callbacks to be answered.',
    zh: '业务时钟在等 {callbacks} 个回调的应答。',
  },
  closed: { en: 'closed', zh: '连接已关闭' },
  callback: { en: 'callback', zh: '回调' },
  unanswered: { en: 'no answer', zh: '没有应答' },
  withheld: { en: 'withheld', zh: '未发出' },
})

/** What `listen` prints, and the words of its `--help`. */
export const listenTexts = textTable({
  description: {
    en: 'receive callbacks as a merchant would: verify, open and print them',
    zh: '像商户那样接收回调：验签，解密，输出内容',
  },
  port: { en: 'port to listen on, 0 for any free one', zh: '监听的端口，0 表示任意空闲端口' },
  host: { en: 'address to listen on', zh: '监听的地址' },
  dir: { en: "the sandbox's credentials folder", zh: '沙箱的凭据目录' },
  json: { en: 'print one line of JSON for each callback', zh: '每个回调输出一行 JSON' },
  ready: {
    en: 'listening on {url}, whatever the path; make a callback come: wechatpay-sandbox trigger PAYSCORE.USER_PAID --to {url}',
    zh: '回调接收端已启动：{url}，路径不限；发一条试试：wechatpay-sandbox trigger PAYSCORE.USER_PAID --to {url}',
  },
  accepted: { en: 'accepted {event} {id}', zh: '已接收 {event} {id}' },
  refused: { en: 'refused  {code}', zh: '已拒绝 {code}' },
  tooLong: {
    en: 'The body is longer than {most} bytes.',
    zh: '请求体超过 {most} 字节。',
  },
})

/** Why `listen` refuses a callback, by the client's codes. */
export const refusalTexts = textTable({
  SIGNATURE_HEADERS_MISSING: {
    en: 'The callback lacks headers of its signature.',
    zh: '回调缺少签名所需的请求头。',
  },
  SERIAL_UNKNOWN: {
    en: 'The callback is signed by a key that the credentials folder does not hold.',
    zh: '回调的签名密钥不在凭据目录里。',
  },
  TIMESTAMP_OFFSET: {
    en: 'The timestamp of the callback is more than 300 seconds off.',
    zh: '回调的时间戳与当前时间相差超过 300 秒。',
  },
  SIGNATURE_MISMATCH: {
    en: 'The callback does not verify: its signature and its bytes do not fit.',
    zh: '回调验签不通过：签名值与收到的字节不符。',
  },
  BODY_UNREADABLE: {
    en: 'The body of the callback is not that of a notification.',
    zh: '回调的请求体不是通知的格式。',
  },
  CIPHERTEXT_MALFORMED: {
    en: 'The ciphertext of the callback is malformed.',
    zh: '回调的密文格式不对。',
  },
  CIPHERTEXT_UNREADABLE: {
    en: 'The ciphertext of the callback does not open with the APIv3 key.',
    zh: '用 APIv3 密钥解不开回调的密文。',
  },
  PLAINTEXT_UNREADABLE: {
    en: 'What the callback holds is not JSON.',
    zh: '回调解密后的内容不是 JSON。',
  },
  RESOURCE_UNEXPECTED: {
    en: 'What the callback holds is not what its event announces.',
    zh: '回调解密后的内容与它的 event_type 不符。',
  },
})

/** What the demo tells. */
export const demoTexts = textTable({
  description: {
    en: 'show the documented call in six styles and a plan from signing to refund',
    zh: '演示官方文档的示例请求的六种写法，以及一份签约计划从签约到退款的过程',
  },
  documentedCall: {
    en: 'The documented call in its six styles: the same parameters, the same order',
    zh: '官方文档的示例请求，六种写法：参数相同，得到同一笔订单',
  },
  tampering: {
    en: 'A body that is changed after it was signed',
    zh: '签名之后改动请求体',
  },
  tamperedCall: {
    en: 'wxpay.chain(…).post({ json }), its body replaced behind the signature',
    zh: 'wxpay.chain(…).post({ json })，签名之后换掉请求体',
  },
  tamperingAccepted: {
    en: 'The sandbox accepted a body that was not signed.',
    zh: '沙箱接受了没有签名的请求体。',
  },
  signing: {
    en: 'The merchant makes a plan, the user signs it',
    zh: '商户创建支付分计划，用户签约',
  },
  userSigns: { en: '{call} (the user)', zh: '{call}（用户操作）' },
  details: {
    en: 'Detail after detail, in the six styles: ordered, completed, charged',
    zh: '依次使用每个计划详情，六种写法：创建订单，完结，扣款',
  },
  detail: { en: 'detail {number}: {call}', zh: '计划详情 {number}：{call}' },
  charged: { en: '{call}, then WeChat Pay charges', zh: '{call}，随后微信支付自动扣款' },
  refunding: { en: 'Half of the last payment goes back', zh: '最后一笔付款退回一半' },
  ending: {
    en: 'An order is cancelled, the merchant ends the plan',
    zh: '取消一笔订单，商户取消签约计划',
  },
  cancelled: {
    en: 'detail {number}: ordered and cancelled',
    zh: '计划详情 {number}：创建订单，然后取消',
  },
  opened: {
    en: '{event} verified and opened: {facts}',
    zh: '{event} 验签通过并已解密：{facts}',
  },
  refused: { en: 'refused: {reason}', zh: '已拒绝：{reason}' },
  amount: { en: '{number} {amount} fen', zh: '{number} {amount} 分' },
  notStarted: {
    en: 'The sandbox did not start; the lines above say why.',
    zh: '沙箱没有启动，原因见上文。',
  },
})
