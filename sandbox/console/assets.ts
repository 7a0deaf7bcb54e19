/** Buttons act by the control API; the page is loaded anew, without a flicker, when something came. */
export const script = `const main = document.querySelector('main')

const refresh = async () => {
  const text = await (await fetch(location.href)).text()
  const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('main')
  if (fresh) main.replaceChildren(...fresh.childNodes)
}

const post = (path, body) =>
  fetch('/_sandbox' + path, { method: 'POST', body: JSON.stringify(body) })

main.addEventListener('click', async ({ target }) => {
  const { fault, cancel } = target.dataset
  const error = fault && target.parentElement.querySelector('input')?.value
  if (fault) await post('/faults', { fault, ...(error && { error }) })
  if (cancel) await post('/faults/' + cancel + '/cancel', {})
  if (fault || cancel) await refresh()
})

if ('live' in main.dataset) {
  let waiting
  const soon = () => {
    waiting ??= setTimeout(() => {
      waiting = undefined
      refresh()
    }, 200)
  }
  const events = new EventSource('/_sandbox/requests/stream')
  events.addEventListener('request', soon)
  events.addEventListener('delivery', soon)
}
`

export const style = `:root { color-scheme: light dark; --good: #07a35a; --bad: #d4380d; --quiet: #8888; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 0 1rem 4rem; }
header { display: flex; gap: 1rem; justify-content: space-between; padding: 1rem 0; border-bottom: 1px solid var(--quiet); }
header a { color: inherit; text-decoration: none; font-weight: 600; }
nav { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: .2rem 1rem; }
nav a { font-weight: 400; }
.languages { display: inline-flex; gap: .5rem; white-space: nowrap; }
h1 { font-size: 1.3rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
td, th { padding: .35rem .6rem; vertical-align: top; text-align: left; border-bottom: 1px solid var(--quiet); font-variant-numeric: tabular-nums; }
td { overflow-wrap: anywhere; }
.journal td { overflow-wrap: normal; white-space: nowrap; }
.journal td:nth-child(4) { overflow-wrap: anywhere; white-space: normal; width: 100%; }
td p { margin: .1rem 0; }
td:first-child, td:last-child { white-space: nowrap; }
.headers td:last-child { white-space: normal; }
tr.good td:nth-child(3) { color: var(--good); }
tr.bad td:nth-child(3), tr.lost td:nth-child(3) { color: var(--bad); font-weight: 600; }
p, li { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .journal tr { display: grid; grid-template-columns: auto auto auto 1fr; border-bottom: 1px solid var(--quiet); }
  .journal td { border: 0; }
  .journal td:nth-child(4) { grid-row: 2; grid-column: 1 / -1; width: auto; }
  .journal td:last-child { text-align: right; }
}
.why { border-left: 3px solid var(--bad); padding-left: .6rem; }
.fault { font-family: ui-monospace, monospace; font-size: .85em; }
.headers th { font-weight: 400; white-space: nowrap; width: 1%; }
.headers, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .8rem; border: 1px solid var(--quiet); border-radius: .3rem; }
.checks { display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; padding: 0; }
.checks li { border: 1px solid; border-radius: 1rem; padding: 0 .7rem; }
.checks .good { color: var(--good); }
.checks .bad { color: var(--bad); font-weight: 600; }
`
