import { textTable } from '../../contracts/texts.ts'

/** The words of the report on the contract. */
export const reportTexts = textTable({
  broken: {
    en: 'BROKEN {interaction}: {assertion} ({class}, {source}); expected {expected}, got {got}',
    zh: '不符 {interaction}: {assertion}（{class}，{source}）；应为 {expected}，实际为 {got}',
  },
  failure: {
    en: '{interaction}: {assertion} ({class}, {source}); expected {expected}, got {got}',
    zh: '{interaction}: {assertion}（{class}，{source}）；应为 {expected}，实际为 {got}',
  },
  contractBroken: { en: 'contract broken', zh: '不符合契约' },
  endpoint: { en: 'endpoint', zh: '接口' },
  answer: { en: 'answer', zh: '应答' },
  target: { en: 'target', zh: '对象' },
  held: { en: 'held', zh: '通过' },
  evidence: { en: 'evidence', zh: '依据' },
  success: { en: 'success', zh: '成功' },
  classCount: { en: '{class} {count}', zh: '{class} {count} 条' },
  summary: {
    en: '{held} of {count} assertions held',
    zh: '共 {count} 条断言，通过 {held} 条',
  },
  notSeen: { en: '{count} not seen', zh: '{count} 条未观察到' },
})

/** What an assertion rests on. */
export const evidenceTexts = textTable({
  documented: { en: 'documented', zh: '文档写明' },
  observed: { en: 'observed', zh: '实际观察' },
  sdk: { en: 'sdk', zh: '来自 SDK' },
  chosen: { en: 'chosen', zh: '自行选定' },
})

/** Who is held to the contract, beside files of recordings. */
export const targetTexts = textTable({
  sandbox: { en: 'sandbox', zh: '沙箱' },
  publicKey: { en: 'sandbox, by public key', zh: '沙箱，公钥签名' },
  strictTime: { en: 'sandbox, strict times', zh: '沙箱，严格时间' },
  live: { en: 'live', zh: '微信支付' },
})

/** Why nothing can be verified. */
export const unverifiableTexts = textTable({
  together: {
    en: '--target and --credentials go together: whom to ask, and who asks.',
    zh: '--target 和 --credentials 要一起给出：向谁请求，以谁的身份请求。',
  },
  liveAlone: {
    en: '--live asks the real service: give --target and --credentials.',
    zh: '--live 请求真实的微信支付：需要给出 --target 和 --credentials 两个参数。',
  },
  silent: {
    en: '{url} does not answer. Start a sandbox there, or check --target.',
    zh: '{url} 没有应答。在那里启动沙箱，或检查 --target 的地址。',
  },
  noSandbox: {
    en: '{url} is not a sandbox of this package.',
    zh: '{url} 不是这个软件包的沙箱。',
  },
  tokenWanted: {
    en: '{url} wants the token of its control API, which it printed at the start: give --control-token.',
    zh: '{url} 的控制接口需要令牌，令牌在它启动时输出：用 --control-token 给出。',
  },
  unknownKeys: {
    en: '{url} does not know the keys in {folder}. Give the folder that this sandbox was started with.',
    zh: '{url} 不认识 {folder} 中的密钥。指定这个沙箱启动时所用的凭据目录。',
  },
  controlRefused: { en: '{address} got {status}.', zh: '{address} 的应答是 {status}。' },
  fileUnreadable: { en: '{file} cannot be read.', zh: '{file} 无法读取。' },
  stale: { en: 'OLD {file} must be recorded again.', zh: '过期 {file} 需要重新录制。' },
})

/** The words of `verify --help`, and of the options that `drift` shares. */
export const verifyHelpTexts = textTable({
  description: {
    en: 'hold a sandbox and the recordings to the contract',
    zh: '用契约检验沙箱和录制文件',
  },
  target: {
    en: 'a running sandbox; by default one of its own',
    zh: '运行中的沙箱，默认自行启动一个',
  },
  credentials: { en: "the target's credentials folder", zh: '对象的凭据目录' },
  recordings: {
    en: 'a HAR file instead of those of the package; repeatable',
    zh: '用这个 HAR 文件代替自带的录制文件，可以重复',
  },
  maxAge: {
    en: 'end with 1 when a live recording is older',
    zh: '真实录制早于这个天数时以 1 退出',
  },
  reporter: { en: 'how to report', zh: '报告的格式' },
  only: {
    en: 'only interactions whose name has this text',
    zh: '只检验名称中有这段文字的交互',
  },
  live: {
    en: 'the target is the real service; it is only asked what changes nothing',
    zh: '对象是真实的微信支付，只发送不改变数据的请求',
  },
  coverage: {
    en: 'tell what of the contract the suite exercises',
    zh: '列出契约测试覆盖了契约的哪些部分',
  },
  minCoverage: { en: 'end with 1 when it exercises less', zh: '覆盖不到这个百分比时以 1 退出' },
  exitStatus: {
    en: 'Exit status: 0 all held, 1 a contract is broken, 2 could not run, 3 nothing was verified.',
    zh: '退出状态：0 全部通过，1 不符合契约，2 无法运行，3 没有检验任何内容。',
  },
})
