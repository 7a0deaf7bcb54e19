import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { rootCertificates } from 'node:tls'
import { type TlsIdentity, tlsFolder } from '../authority/tls-identity.ts'
import { javaTrustStore, trustStorePassword } from './java-trust-store.ts'
import { preloadPort, preloadText } from './node-preload.ts'

type Environment = Readonly<Record<string, string | undefined>>

type Rerouting = {
  identity: TlsIdentity
  /** The credentials folder; what a child reads lies in it, under `tls`. */
  credentials: string
  /** Where the sandbox, the proxy and the TLS front listen. */
  url: string
  proxyPort: number
  tlsPort: number
}

/**
 * What a program finds in its environment so that its calls to WeChat Pay reach the sandbox: the
 * proxy, and the authority beside all those that it trusted before. Only what is set here is given.
 */
export const childEnvironment = async (
  given: Environment,
  { identity, credentials, url, proxyPort, tlsPort }: Rerouting,
): Promise<Record<string, string>> => {
  const folder = resolve(tlsFolder(credentials))
  const trusted = await trustedBefore(given)
  const bundle = join(folder, 'bundle.pem')
  const trustStore = join(folder, 'truststore.jks')
  const preload = join(folder, 'preload.cjs')
  const php = join(folder, 'php')
  const all = [...trusted, identity.authority]

  await mkdir(php, { recursive: true })
  await Promise.all([
    place(bundle, all.join('\n')),
    place(trustStore, javaTrustStore(all)),
    place(preload, preloadText()),
    place(
      join(php, 'wechatpay-sandbox.ini'),
      `curl.cainfo = "${bundle}"\nopenssl.cafile = "${bundle}"\n`,
    ),
  ])

  const proxy = `http://127.0.0.1:${proxyPort}`
  const noProxy = 'localhost,127.0.0.1,::1'
  const java = [
    '-Dhttps.proxyHost=127.0.0.1',
    `-Dhttps.proxyPort=${proxyPort}`,
    `-Djavax.net.ssl.trustStore=${trustStore}`,
    '-Djavax.net.ssl.trustStoreType=JKS',
    `-Djavax.net.ssl.trustStorePassword=${trustStorePassword}`,
  ]

  return {
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: bundle,
    NODE_OPTIONS: added(given['NODE_OPTIONS'], `--require ${quoted(preload)}`),
    [preloadPort]: String(tlsPort),
    SSL_CERT_FILE: bundle,
    CURL_CA_BUNDLE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    PHP_INI_SCAN_DIR: `${given['PHP_INI_SCAN_DIR'] ?? ''}${delimiter}${php}`,
    JAVA_TOOL_OPTIONS: added(given['JAVA_TOOL_OPTIONS'], java.map(quoted).join(' ')),
    WECHATPAY_SANDBOX_URL: url,
    WECHATPAY_SANDBOX_DIR: resolve(credentials),
  }
}

/** Where systems keep the certificates that OpenSSL trusts; the first that is there counts. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
]

const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** What the program would trust without us, the additions of a company included. */
const trustedBefore = async (given: Environment): Promise<string[]> => {
  const named = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => given[name] || [])
  const system = systemBundles.find((file) => existsSync(file))
  const texts = await Promise.all(
    [...named, ...(system ? [system] : [])]
      .filter((file) => existsSync(file))
      .map((file) => readFile(file, 'utf8')),
  )
  const found = texts.flatMap((text) => text.match(certificates) ?? [])

  return [...new Set(system ? found : [...found, ...rootCertificates])]
}

/** Never half written for a child that reads it at the same time. */
const place = async (file: string, content: string | Buffer): Promise<void> => {
  const draft = `${file}.${process.pid}`
  await writeFile(draft, content)
  await rename(draft, file)
}

const added = (before: string | undefined, more: string) => [before, more].filter(Boolean).join(' ')
const quoted = (word: string) => (/\s/.test(word) ? `"${word}"` : word)
