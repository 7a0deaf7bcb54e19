import { textTable } from '../../contracts/texts.ts'

/** Why a request never reached the application, and what is wrong with the socket. */
export const connectionTexts = textTable({
  addressUnreadable: {
    en: 'Host “{host}” and target “{target}” make no address. Look at how the URL is put together: no blanks, no backslashes.',
    zh: 'Host“{host}”和请求目标“{target}”拼不成地址：检查 URL 的拼接，不能有空格和反斜杠。',
  },
  hostMissing: {
    en: 'The request has no Host header, which HTTP/1.1 demands.',
    zh: '请求缺少 Host 头，HTTP/1.1 要求必须有。',
  },
  headersLarge: {
    en: 'The headers are larger than {most} KiB together.',
    zh: '请求头合计超过 {most} KiB。',
  },
  slow: {
    en: 'The request came too slowly: its headers may take {headers} seconds, the whole of it {request}. Check that Content-Length is the number of bytes that are sent.',
    zh: '请求发送过慢：请求头限 {headers} 秒，整个请求限 {request} 秒。检查 Content-Length 是否等于实际发送的字节数。',
  },
  brokenOff: {
    en: 'The connection ended before the body was whole. Check that Content-Length is the number of bytes that are sent.',
    zh: '请求体没有收完，连接就结束了。检查 Content-Length 是否等于实际发送的字节数。',
  },
  tls: {
    en: 'These are the first bytes of TLS, and the sandbox speaks plain HTTP: begin the base URL with http://.',
    zh: '收到的是 TLS 握手，沙箱只支持明文 HTTP：基础地址应以 http:// 开头。',
  },
  http2: {
    en: 'This is HTTP/2, which is not spoken here: use HTTP/1.1, as WeChat Pay does.',
    zh: '收到的是 HTTP/2，沙箱不支持：与微信支付一样使用 HTTP/1.1。',
  },
  notProxy: {
    en: 'CONNECT is asked of a proxy, which the sandbox is not: set it as the base URL, not as a proxy.',
    zh: 'CONNECT 是发给代理的请求，沙箱不是代理：把它设为基础地址，不要设为代理。',
  },
  notHttp: {
    en: 'What came cannot be read as HTTP/1.1 ({code}).',
    zh: '收到的内容不是可读的 HTTP/1.1（{code}）。',
  },
  tooManyOpen: {
    en: 'Callers are turned away: the process may open no more files and connections ({limit}). Close connections that are idle, or raise the limit (ulimit -n).',
    zh: '正在拒绝新的连接：进程打开的文件和连接已达上限（{limit}）。关闭空闲的连接，或调高上限（ulimit -n）。',
  },
})
