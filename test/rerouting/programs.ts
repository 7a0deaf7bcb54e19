import { spawnSync } from 'node:child_process'

/** Where every program below calls, as its makers wrote it. */
const url = 'https://api.mch.weixin.qq.com/v3/certificates'

type Program = {
  name: string
  /** How its call gets to the sandbox. */
  by: 'proxy' | 'preload'
  /** What has to be on the machine. */
  needs: string
  command: readonly [string, ...string[]]
}

const java = `import java.net.*; import java.net.http.*;
public class Call { public static void main(String[] words) throws Exception {
  var request = HttpRequest.newBuilder(URI.create("${url}")).header("Accept", "application/json").build();
  System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
} }`

const go = `package main
import ("fmt"; "io"; "net/http")
func main() {
  request, _ := http.NewRequest("GET", "${url}", nil)
  request.Header.Set("Accept", "application/json")
  response, err := http.DefaultClient.Do(request)
  if err != nil { fmt.Println(err); return }
  body, _ := io.ReadAll(response.Body)
  fmt.Println(string(body))
}`

const headers = "{ accept: 'application/json', 'user-agent': 'test', 'accept-language': 'zh-CN' }"
const node = (source: string) => ['node', '-e', source] as const

/** Unsigned calls: WeChat Pay's own sentence about the missing signature comes back. */
export const programs: readonly Program[] = [
  {
    name: 'Node, global fetch',
    by: 'preload',
    needs: 'node',
    command: node(
      `fetch('${url}', { headers: ${headers} }).then((r) => r.text()).then(console.log)`,
    ),
  },
  {
    name: 'Node, node:https',
    by: 'preload',
    needs: 'node',
    command: node(
      `require('node:https').get('${url}', { headers: ${headers} }, (r) => r.pipe(process.stdout))`,
    ),
  },
  {
    name: 'Node, axios',
    by: 'proxy',
    needs: 'node',
    command: node(
      `require('axios').get('${url}', { headers: ${headers}, validateStatus: null }).then((r) => console.log(r.data))`,
    ),
  },
  {
    name: 'Node, superagent',
    by: 'preload',
    needs: 'node',
    command: node(
      `require('superagent').get('${url}').set(${headers}).ok(() => true).then((r) => console.log(r.text))`,
    ),
  },
  {
    name: 'curl',
    by: 'proxy',
    needs: 'curl',
    command: ['curl', '-sS', '-H', 'Accept: application/json', url],
  },
  {
    name: 'Python, urllib',
    by: 'proxy',
    needs: 'python3',
    command: [
      'python3',
      '-c',
      `import urllib.request as u, urllib.error
try: u.urlopen(u.Request('${url}', headers={'Accept': 'application/json'}))
except urllib.error.HTTPError as e: print(e.read().decode())`,
    ],
  },
  {
    name: 'Python, requests',
    by: 'proxy',
    needs: 'python3-requests',
    command: [
      '/usr/bin/python3',
      '-c',
      `import requests; print(requests.get('${url}', headers={'Accept': 'application/json'}).text)`,
    ],
  },
  {
    name: 'PHP, curl',
    by: 'proxy',
    needs: 'php-curl',
    command: [
      'php',
      '-r',
      `$c = curl_init('${url}'); curl_setopt($c, CURLOPT_HTTPHEADER, ['Accept: application/json', 'User-Agent: test']); curl_exec($c);`,
    ],
  },
  {
    name: 'Go, net/http',
    by: 'proxy',
    needs: 'go',
    command: ['sh', '-c', `cat > call.go <<'END'\n${go}\nEND\ngo run call.go`],
  },
  {
    name: 'Java, java.net.http',
    by: 'proxy',
    needs: 'javac',
    command: ['sh', '-c', `cat > Call.java <<'END'\n${java}\nEND\njava Call.java`],
  },
]

const found: Record<string, readonly string[]> = {
  'python3-requests': ['/usr/bin/python3', '-c', 'import requests'],
  'php-curl': ['php', '-r', 'curl_init();'],
  go: ['go', 'version'],
}

/** Whether this machine has what a program needs. */
export const isHere = ({ needs }: Program): boolean => {
  const [command = '', ...words] = found[needs] ?? [needs, '--version']
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0
}
