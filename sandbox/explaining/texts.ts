import { textTable } from '../../contracts/texts.ts'

/** What `explain` says beside the diagnosis, and of what it cannot take. */
export const explainTexts = textTable({
  noKeys: {
    en: 'No key of yours was at hand: name a certificate with --key, or a folder with --dir.',
    zh: '没有可用的密钥：用 --key 指定证书，或用 --dir 指定凭据目录。',
  },
  signedAt: {
    en: 'It was signed at {time}; --strict-time judges that.',
    zh: '签名时间是 {time}；加 --strict-time 按当前时间检查。',
  },
  paste: {
    en: 'Paste what was sent, then press Ctrl-D.',
    zh: '粘贴发送的内容，然后按 Ctrl-D。',
  },
  tooLarge: { en: 'The input is larger than 4 MiB.', zh: '输入超过 4 MiB。' },
  notMessage: {
    en: 'This is neither a request nor a signed answer. Paste raw HTTP (first line, headers, blank line, body), a curl command, a HAR file or an entry of one, or JSON {"method", "url", "headers", "body"}.',
    zh: '这不是请求，也不是带签名的应答。可以粘贴：原始 HTTP（首行、请求头、空行、请求体），curl 命令，HAR 文件或其中一条，JSON {"method", "url", "headers", "body"}。',
  },
  versionOfCurl: {
    en: 'What {option} sends depends on the version of curl: paste raw HTTP.',
    zh: '{option} 发送的内容因 curl 版本而异：改为粘贴原始 HTTP。',
  },
  bodyInFile: {
    en: 'The body lies in {file}: paste it into the command.',
    zh: '请求体在文件 {file} 里：把内容贴进命令。',
  },
  bodyNotPrinted: {
    en: 'curl -v does not print the body: paste the curl command itself.',
    zh: 'curl -v 不显示请求体：改为粘贴 curl 命令本身。',
  },
  cmdQuoting: {
    en: 'This quoting of cmd.exe is ambiguous: copy it again by "Copy as cURL (bash)".',
    zh: 'cmd.exe 的这种引号写法有歧义：用“Copy as cURL (bash)”重新复制。',
  },
  folderDamaged: {
    en: '{file} is damaged. Name another folder: --dir.',
    zh: '{file} 已损坏，用 --dir 指定另一个目录。',
  },
})

/** The words of `explain --help`. */
export const explainHelpTexts = textTable({
  description: {
    en: 'tell why the signature of a request, an answer or a callback does not match',
    zh: '说明请求、应答或回调的签名为什么验签不通过',
  },
  file: {
    en: 'what was sent: raw HTTP, a curl command, HAR or JSON; standard input else',
    zh: '发送的内容：原始 HTTP、curl 命令、HAR 或 JSON；不填则读标准输入',
  },
  dir: { en: 'the credentials folder to take keys from', zh: '从哪个凭据目录取密钥' },
  key: {
    en: 'a certificate, public key or private key to try; may be repeated',
    zh: '要尝试的证书、公钥或私钥，可以重复',
  },
  strictTime: {
    en: 'judge the timestamp by now; what is pasted is old by nature',
    zh: '按当前时间检查时间戳；粘贴的内容一般已过期，默认不检查',
  },
  json: { en: 'print one line of JSON', zh: '输出一行 JSON' },
})
